import { clockText, durationText } from './format.ts';
import { useSeconds } from './now.ts';

/** A length of time, `1 h 30`. */
export function Duration({ seconds, className }: { seconds: number; className?: string }) {
  return (
    <time dateTime={`PT${Math.max(0, Math.round(seconds))}S`} className={className}>
      {durationText(seconds)}
    </time>
  );
}

/** How long it is since an instant, as a running clock. Not announced: it would never be quiet. */
export function RunningClock({ since, className }: { since: string; className?: string }) {
  const now = useSeconds();
  const started = Temporal.Instant.from(since).epochMilliseconds / 1000;
  return (
    <time className={className} aria-live="off">
      {clockText(now - started)}
    </time>
  );
}
