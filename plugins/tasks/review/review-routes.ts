import { tasks } from '../contract.ts';
import { blocksBetween, toBlock } from '../plan/planned-block-table.ts';
import { type TaskRow, toTask } from '../task/task-table.ts';
import { boundsOfDay, type DayBounds, dayAt } from '../task/when.ts';
import { DayReview, ReviewQuery } from './review.ts';
import { doneOn, movedOn, openDueUntil, trackedOn } from './review-table.ts';

export const getDayReview = tasks.route({
  method: 'GET',
  path: '/reviews/day',
  summary: 'Look back at your day: done, tracked, put off, left, and what tomorrow brings',
  permission: 'tasks:read',
  query: ReviewQuery,
  returns: DayReview,
  async handle({ query, actor }, { tx, clock }) {
    const zone = query.zone ?? actor.zone;
    const date = query.date ?? dayAt(clock.now(), zone);
    const next = Temporal.PlainDate.from(date).add({ days: 1 });
    const today = boundsOfDay(date, zone);
    const tomorrow = boundsOfDay(next.toString(), zone);
    const [done, tracked, moved, open, planned] = await Promise.all([
      doneOn(tx, actor, date),
      trackedOn(tx, actor, date),
      movedOn(tx, actor, date),
      // A time of that day may have another day where it was meant.
      openDueUntil(tx, actor, next.add({ days: 2 }).toString()),
      blocksBetween(tx, actor, { from: tomorrow.startsAt, to: tomorrow.endsAt }),
    ]);
    return {
      date,
      zone,
      done: done.map(toTask),
      tracked: { seconds: tracked.reduce((sum, { seconds }) => sum + seconds, 0), entries: tracked },
      moved: moved.map((row) => ({ task: toTask(row), from: row.from_on, to: row.due_on })),
      left: open.filter((row) => isDueBefore(row, today)).map(toTask),
      tomorrow: {
        date: tomorrow.date,
        due: open.filter((row) => isDueBefore(row, tomorrow) && !isDueBefore(row, today)).map(toTask),
        planned: planned.map(toBlock),
      },
    };
  },
});

/** Whether a task is due by the end of that day. */
function isDueBefore({ due_on: on, due_at: at }: TaskRow, day: DayBounds): boolean {
  if (at === null) return on! <= day.date;
  return Temporal.Instant.compare(Temporal.Instant.from(at), Temporal.Instant.from(day.endsAt)) < 0;
}
