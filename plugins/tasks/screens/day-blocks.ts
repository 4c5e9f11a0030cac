import type { Task, WorkLog } from './queries.ts';

/** A stretch of the day, in hours since midnight. */
export type Block = { kind: 'done' | 'running' | 'planned'; from: number; to: number; title: string };

const seconds = (block: Block) => Math.round((block.to - block.from) * 3600);
const sum = (blocks: readonly Block[]) => blocks.reduce((total, block) => total + seconds(block), 0);

/** What was tracked and what is planned on the day of `now`, cut at its midnights. */
export function blocksOf(
  day: { logs: readonly WorkLog[]; tasks: readonly Task[] },
  now: Temporal.ZonedDateTime,
): { blocks: Block[]; tracked: number; planned: number } {
  const midnight = now.startOfDay();
  const hours = (at: Temporal.ZonedDateTime) =>
    Math.min(24, Math.max(0, midnight.until(at.withTimeZone(now.timeZoneId)).total('hours')));
  const at = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(now.timeZoneId);
  const titleOf = (id: string | null) => day.tasks.find((task) => task.id === id)?.title ?? '';

  const tracked = day.logs.map(
    (log): Block => ({
      kind: log.endedAt ? 'done' : 'running',
      from: hours(at(log.startedAt)),
      to: hours(log.endedAt ? at(log.endedAt) : now),
      title: titleOf(log.task),
    }),
  );
  const planned = day.tasks.flatMap((task): Block[] => {
    if (!task.start || 'date' in task.start || task.status === 'done' || task.estimateMinutes === null) return [];
    const from = at(task.start.at);
    if (!from.toPlainDate().equals(now.toPlainDate())) return [];
    return [
      { kind: 'planned', from: hours(from), to: hours(from.add({ minutes: task.estimateMinutes })), title: task.title },
    ];
  });
  return { blocks: [...planned, ...tracked], tracked: sum(tracked), planned: sum(planned) };
}

/** The hours that the line shows: the working day, or more when something lies outside of it. */
export function spanOf(blocks: readonly Block[], now: number): { from: number; to: number } {
  const from = Math.min(7, Math.floor(now), ...blocks.map((block) => Math.floor(block.from)));
  const to = Math.max(19, Math.ceil(now), ...blocks.map((block) => Math.ceil(block.to)));
  return { from, to: Math.min(24, to) };
}
