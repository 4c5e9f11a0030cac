import {
  clockTime,
  Sparkline,
  Status,
  type StatusKind,
  type TimeStyle,
  Track,
  type TrackCell,
  useTimeStyle,
} from '@task-connect/console';
import { t } from '../../t.ts';
import css from './health.module.css';
import type { Health, HealthNow, HealthPart, PartState } from './queries.ts';
import { partTitle } from './verdict.ts';

const kinds: Record<PartState, StatusKind> = { ok: 'ok', degraded: 'warn', failed: 'bad' };
const words: Record<PartState, string> = { ok: t('well'), degraded: t('degraded'), failed: t('failed') };
const worst: readonly PartState[] = ['failed', 'degraded', 'ok'];
const cellMinutes = 30;

/** Every part in a line, the worst first; `now` has the hours before. */
export function PartList({ report, now }: { report: Health; now: HealthNow | undefined }) {
  const style = useTimeStyle();
  return (
    <ul className={css.parts}>
      {[...report.parts]
        .sort((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state))
        .map((part) => (
          <Part
            key={part.name}
            part={part}
            past={now?.parts.find(({ name }) => name === part.name)}
            fact={part.name === 'events' && now ? t('{count} queues', { count: now.queues.length }) : undefined}
          >
            {(states) => cellsOf(states, now!.partsFrom, style)}
          </Part>
        ))}
    </ul>
  );
}

type Past = HealthNow['parts'][number];
type PartProps = {
  part: HealthPart;
  past: Past | undefined;
  fact: string | undefined;
  children(states: Past['states']): TrackCell[];
};

function Part({ part, past, fact, children: cells }: PartProps) {
  const title = partTitle(part.name);
  return (
    <li data-state={part.state}>
      <span role="img" aria-label={words[part.state]}>
        <Status kind={kinds[part.state]} />
      </span>
      <strong>{title}</strong>
      <span className={css.detail}>{part.detail ?? past?.adapter ?? fact}</span>
      <span className={css.track}>
        {past && <Track label={t('{part}, 24 hours', { part: title })} cells={cells(past.states)} />}
      </span>
      <span className={css.spark}>
        {past && <Sparkline label={t('Latency of {part}, 24 hours', { part: title })} points={past.latencies} />}
      </span>
      <span className={css.latency}>
        {part.latencyMs !== null && (
          <>
            {part.latencyMs < 10 ? Math.round(part.latencyMs * 10) / 10 : Math.round(part.latencyMs)} <small>ms</small>
          </>
        )}
      </span>
    </li>
  );
}

function cellsOf(states: Past['states'], from: string, style: TimeStyle): TrackCell[] {
  const start = Temporal.Instant.from(from);
  return states.map((state, index) => {
    const begun = start.add({ minutes: index * cellMinutes });
    const [first, last] = [clockTime(begun, style), clockTime(begun.add({ minutes: cellMinutes }), style)];
    const word = state === null ? t('nobody looked') : words[state];
    return { state: state ?? 'off', title: t('{from}–{to}: {state}', { from: first, to: last, state: word }) };
  });
}
