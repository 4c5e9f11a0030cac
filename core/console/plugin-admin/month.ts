import type { StateChange } from '../../kernel/state-history.ts';

// A plugin's days as one state each, in the zone of whoever looks. Pure.

export type Day = {
  day: string;
  /** `degraded`: it was off for a part of the day. */
  state: 'ok' | 'degraded' | 'failed' | 'off';
  /** How long it was not on. */
  offSeconds: number;
  reason: string | null;
};

const daysShown = 30;

/** The last thirty days, oldest first; before the first change it was off. */
export function monthOf(changes: readonly StateChange[], zone: string, now: Temporal.Instant): Day[] {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  return Array.from({ length: daysShown }, (_, index) => {
    const day = today.subtract({ days: daysShown - 1 - index });
    const from = day.toZonedDateTime(zone).toInstant();
    const end = day.add({ days: 1 }).toZonedDateTime(zone).toInstant();
    return dayOf(day.toString(), spansWithin(changes, from, Temporal.Instant.compare(end, now) < 0 ? end : now));
  });
}

type Span = { state: StateChange['state']; seconds: number; reason: string | null };

function spansWithin(changes: readonly StateChange[], from: Temporal.Instant, end: Temporal.Instant): Span[] {
  const at = (change: StateChange) => Temporal.Instant.from(change.at);
  const before = changes.findLast((change) => Temporal.Instant.compare(at(change), from) <= 0);
  const within = changes.filter(
    (change) => Temporal.Instant.compare(at(change), from) > 0 && Temporal.Instant.compare(at(change), end) < 0,
  );
  // On the day on which it was first there, what was before is nobody's fault.
  const first = before ?? (within.length === 0 ? { state: 'off' as const, reason: null } : undefined);
  const starts = [
    ...(first ? [{ state: first.state, reason: first.reason, at: from }] : []),
    ...within.map((change) => ({ state: change.state, reason: change.reason, at: at(change) })),
  ];
  return starts.map(({ state, reason, at: start }, index) => ({
    state,
    reason,
    seconds: start.until(starts[index + 1]?.at ?? end).total('seconds'),
  }));
}

function dayOf(day: string, spans: readonly Span[]): Day {
  const offSeconds = Math.round(
    spans.filter(({ state }) => state !== 'on').reduce((sum, { seconds }) => sum + seconds, 0),
  );
  const failed = spans.findLast(({ state }) => state === 'failed');
  if (failed) return { day, state: 'failed', offSeconds, reason: failed.reason };
  const wasOn = spans.some(({ state }) => state === 'on');
  return { day, state: wasOn ? (offSeconds > 0 ? 'degraded' : 'ok') : 'off', offSeconds, reason: null };
}
