import type { DemoPerson } from '@task-connect/sdk';
import type { PlannedTask } from './plan-tasks.ts';
import { between, pick, type Random, type Trade } from './trade.ts';

/** A stretch of work, on a task by its key or on none. */
export type PlannedWork = {
  of: DemoPerson;
  task: string | null;
  note: string;
  from: Temporal.Instant;
  to: Temporal.Instant;
};

/** The working days of a year of one person: two or three stretches a day, none at the time of another. */
export function planWork(
  of: DemoPerson,
  tasks: readonly PlannedTask[],
  trade: Trade,
  now: Temporal.Instant,
  random: Random,
): PlannedWork[] {
  const own = tasks.filter((task) => task.of === of && task.becomes?.status !== 'cancelled');
  const today = now.toZonedDateTimeISO(of.zone).toPlainDate();
  // Three weeks in summer, whenever that is where they are, and some days here and there.
  const away = between(random, 60, 300);
  const work: PlannedWork[] = [];
  for (let age = 364; age >= 0; age--) {
    const date = today.subtract({ days: age });
    if (date.dayOfWeek > 5 || (age <= away && age > away - 21) || random() < 0.06) continue;
    let at = date.toZonedDateTime({ timeZone: of.zone, plainTime: { hour: 8, minute: between(random, 0, 50) } });
    for (let count = between(random, 2, 3); count > 0; count--) {
      const end = at.add({ minutes: between(random, 4, 26) * 5 });
      if (Temporal.Instant.compare(end.toInstant(), now.subtract({ minutes: 1 })) > 0) break;
      const doing = own.filter((task) => isUnderWay(task, at.toInstant(), end.toInstant()));
      const task = doing.length > 0 && random() < 0.9 ? pick(random, doing) : null;
      const note = task === null ? pick(random, trade.odd) : random() < 0.1 ? pick(random, trade.notes) : '';
      work.push({ of, task: task?.key ?? null, note, from: at.toInstant(), to: end.toInstant() });
      at = end.add({ minutes: between(random, 1, 15) * 5 });
    }
  }
  return work;
}

/** It was there before the work began, and was not over before the work had ended. */
function isUnderWay({ at, becomes }: PlannedTask, from: Temporal.Instant, to: Temporal.Instant): boolean {
  if (Temporal.Instant.compare(at, from) > 0) return false;
  return becomes?.status !== 'done' || Temporal.Instant.compare(becomes.at, to) >= 0;
}
