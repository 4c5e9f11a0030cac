import type { PlannedBlock, Task, WorkLog } from './queries.ts';

/** A stretch of the day, in hours as the clock on the wall shows them. */
export type Block = { kind: 'done' | 'running' | 'planned'; from: number; to: number; title: string };

type Given = {
  logs: readonly WorkLog[];
  planned: readonly PlannedBlock[];
  /** Those whose titles the logs need. */
  tasks: readonly Pick<Task, 'id' | 'title'>[];
};

/** What was tracked and what is planned on the day of `now`, cut at its midnights, and what both come to in seconds. */
export function blocksOf(
  day: Given,
  now: Temporal.ZonedDateTime,
): { blocks: Block[]; tracked: number; planned: number } {
  const midnight = now.startOfDay();
  const end = midnight.add({ days: 1 });
  const within = (instant: string | Temporal.Instant) => {
    const at = Temporal.Instant.from(instant).toZonedDateTimeISO(now.timeZoneId);
    if (Temporal.ZonedDateTime.compare(at, midnight) <= 0) return midnight;
    return Temporal.ZonedDateTime.compare(at, end) >= 0 ? end : at;
  };
  const place = (kind: Block['kind'], title: string, from: string, to: string | Temporal.Instant) => {
    const [first, last] = [within(from), within(to)];
    const hours = (at: Temporal.ZonedDateTime) => (at.equals(end) ? 24 : at.hour + at.minute / 60 + at.second / 3600);
    // Where the clock is set back a stretch may end before it began, as the wall shows it.
    const block: Block = { kind, title, from: hours(first), to: Math.max(hours(first), hours(last)) };
    return { block, seconds: Math.round(first.until(last).total('seconds')) };
  };
  const titleOf = (id: string | null) => day.tasks.find((task) => task.id === id)?.title ?? '';
  const sum = (placed: readonly { seconds: number }[]) => placed.reduce((total, { seconds }) => total + seconds, 0);

  const tracked = day.logs.map(({ task, note, startedAt, endedAt }) =>
    place(endedAt ? 'done' : 'running', titleOf(task) || note, startedAt, endedAt ?? now.toInstant()),
  );
  const planned = day.planned
    .filter(({ done }) => !done)
    .map(({ title, startsAt, endsAt }) => place('planned', title, startsAt, endsAt));
  return {
    blocks: [...planned, ...tracked].map(({ block }) => block),
    tracked: sum(tracked),
    planned: sum(planned),
  };
}

/** The hours that the line shows: the working day, or more when something lies outside of it. */
export function spanOf(blocks: readonly Block[], now: number): { from: number; to: number } {
  const from = Math.min(7, Math.floor(now), ...blocks.map((block) => Math.floor(block.from)));
  const to = Math.max(19, Math.ceil(now), ...blocks.map((block) => Math.ceil(block.to)));
  return { from, to: Math.min(24, to) };
}
