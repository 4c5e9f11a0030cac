import { ScreenBoundary } from '../../shell/ScreenBoundary.tsx';
import type { Placed } from './placed.ts';

/** What the widgets say in a sentence, one after the other. */
export function Summaries({ placed }: { placed: readonly Placed[] }) {
  return placed.map(
    ({ id, widget, plugin }) =>
      widget.useSummary && (
        <ScreenBoundary key={id} silent title="" resetKey={plugin.copy}>
          <Summary useSummary={widget.useSummary} />
        </ScreenBoundary>
      ),
  );
}

function Summary({ useSummary }: { useSummary(): string | undefined }) {
  const sentence = useSummary();
  return sentence ? `${sentence} ` : null;
}
