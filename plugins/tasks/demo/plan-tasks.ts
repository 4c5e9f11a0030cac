import type { DemoOrganisation, DemoPerson } from '@task-connect/sdk';
import type { NewTask, Status } from '../task/task.ts';
import { between, filled, pick, type Random, type Trade } from './trade.ts';

/** A task of the demo: how it is added, by whom and when, and what becomes of it. */
export type PlannedTask = {
  key: string;
  by: DemoPerson;
  /** Who does it. */
  of: DemoPerson;
  at: Temporal.Instant;
  project: string | null;
  new: Pick<NewTask, 'title' | 'notes' | 'priority' | 'labels' | 'due' | 'estimateMinutes'> & {
    assigned: boolean;
    checklist: { text: string; done: boolean }[];
    recurrence: { rule: string; from: 'schedule' | 'completion' } | null;
  };
  /** When it is planned for. */
  plan?: { from: Temporal.Instant; minutes: number };
  becomes: { status: Status; at: Temporal.Instant } | null;
};

const day = (date: Temporal.PlainDate, zone: string, hour: number, minute: number) =>
  date.toZonedDateTime({ timeZone: zone, plainTime: { hour, minute } }).toInstant();

const isBefore = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) < 0;

/** A day of the working week, moved on from the weekend. */
const workday = (date: Temporal.PlainDate) => (date.dayOfWeek > 5 ? date.add({ days: 8 - date.dayOfWeek }) : date);

/** A year of tasks of one firm, many of them from the last weeks, so that lists have something to show. */
export function planTasks(
  { people }: DemoOrganisation,
  trade: Trade,
  now: Temporal.Instant,
  random: Random,
): PlannedTask[] {
  const writers = people.filter(({ role }) => role !== 'guest');
  // The first ones do more than the last ones.
  const doer = () => writers[Math.floor(random() ** 1.6 * writers.length)]!;
  const planned: PlannedTask[] = [];
  for (let index = 0; index < trade.tasks; index++) {
    const recent = random() < 0.2;
    const by = doer();
    const today = now.toZonedDateTimeISO(by.zone).toPlainDate();
    const age = recent ? between(random, 0, 34) : between(random, 3, 364);
    const born = workday(today.subtract({ days: age }));
    const written = day(born, by.zone, between(random, 7, 17), between(random, 0, 59));
    const at = isBefore(written, now) ? written : now.subtract({ minutes: between(random, 5, 400) });
    planned.push(oneTask({ key: `${index}`, by, of: random() < 0.6 ? by : doer(), at, trade, now, random }));
  }
  return planned;
}

function oneTask(given: {
  key: string;
  by: DemoPerson;
  of: DemoPerson;
  at: Temporal.Instant;
  trade: Trade;
  now: Temporal.Instant;
  random: Random;
}): PlannedTask {
  const { key, by, of, at, trade, now, random } = given;
  const [project, phrase, minutes, label] = pick(random, trade.phrases);
  const born = at.toZonedDateTimeISO(of.zone).toPlainDate();
  const dueOn = random() < 0.82 ? workday(born.add({ days: between(random, 1, 24) })) : null;
  const due = dueOn === null ? null : dueOf(dueOn, of.zone, random);
  const estimateMinutes = random() < 0.85 ? pick(random, minutes) : null;
  const labels = random() < 0.75 ? [label] : [];
  return {
    key,
    by,
    of,
    at,
    project,
    new: {
      title: filled(random, phrase, trade.slots),
      notes: random() < 0.2 ? pick(random, trade.notes) : '',
      priority: pick(random, ['none', 'none', 'none', 'none', 'low', 'medium', 'medium', 'high'] as const),
      labels: random() < 0.06 ? [...labels, 'waiting for an answer'] : labels,
      due,
      estimateMinutes,
      checklist: random() < 0.12 ? trade.steps.map((text) => ({ text, done: random() < 0.4 })) : [],
      recurrence: null,
      assigned: of !== by || random() < 0.7,
    },
    becomes: outcome({ at, dueOn, zone: of.zone, now, random }),
  };
}

function dueOf(date: Temporal.PlainDate, zone: string, random: Random): NewTask['due'] {
  if (random() > 0.25) return { date: date.toString() };
  return { at: day(date, zone, between(random, 8, 17), pick(random, [0, 0, 15, 30])).toString(), zone };
}

/** What is old is done, mostly in time; of what is not done some is being worked on, some waits. */
function outcome(given: {
  at: Temporal.Instant;
  dueOn: Temporal.PlainDate | null;
  zone: string;
  now: Temporal.Instant;
  random: Random;
}): PlannedTask['becomes'] {
  const { at, dueOn, zone, now, random } = given;
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const born = at.toZonedDateTimeISO(zone).toPlainDate();
  const aim = dueOn ?? born.add({ days: between(random, 1, 21) });
  const off = random() < 0.8 ? -between(random, 0, 3) : between(random, 1, 5);
  const meant = workday(aim.add({ days: off }));
  const date = Temporal.PlainDate.compare(meant, born) < 0 ? born : meant;
  const over = day(date, zone, between(random, 9, 17), between(random, 0, 59));
  const later = isBefore(over, at) ? at.add({ minutes: between(random, 20, 200) }) : over;
  const isLongAgo = Temporal.PlainDate.compare(aim, today.subtract({ days: 12 })) < 0;
  const done: Status = random() < 0.95 ? 'done' : 'cancelled';
  if (isBefore(later, now) && (isLongAgo || random() < 0.86)) return { status: done, at: later };
  const state = random();
  if (state > 0.34) return null;
  const touched = at.add({ minutes: between(random, 30, 2000) });
  return { status: state < 0.2 ? 'active' : 'waiting', at: isBefore(touched, now) ? touched : now };
}
