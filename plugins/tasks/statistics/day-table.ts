import { statement, type Tx } from '@task-connect/sdk';
import type { countNames, DayCounts } from './day-counts.ts';

// The counts of each person and day.

const add = statement<
  [
    organisation: string,
    people: string[],
    days: string[],
    created: number[],
    completed: number[],
    due: number[],
    met: number[],
    trackedSeconds: number[],
  ],
  unknown
>(
  'tasks.add-to-statistics-days',
  `insert into statistics_day as d (organisation_id, person_id, day, created, completed, due, met, tracked_seconds)
   select $1, * from unnest($2::uuid[], $3::date[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[])
   on conflict (organisation_id, person_id, day) do update set created = d.created + excluded.created,
     completed = d.completed + excluded.completed, due = d.due + excluded.due, met = d.met + excluded.met,
     tracked_seconds = d.tracked_seconds + excluded.tracked_seconds`,
);

/** Adds to the counts of days, in the order given; an addend may be below zero. */
export async function addToDays(tx: Tx, organisation: string, addends: readonly DayCounts[]): Promise<void> {
  if (addends.length === 0) return;
  const column = (name: (typeof countNames)[number]) => addends.map((addend) => addend[name]);
  await tx.query(add, [
    organisation,
    addends.map(({ person }) => person),
    addends.map(({ day }) => day),
    column('created'),
    column('completed'),
    column('due'),
    column('met'),
    column('trackedSeconds'),
  ]);
}

export type DayRow = {
  day: string;
  created: number;
  completed: number;
  due: number;
  met: number;
  tracked_seconds: number;
};

const days = statement<[organisation: string, person: string, from: string, to: string], DayRow>(
  'tasks.statistics-days',
  `select day, created, completed, due, met, tracked_seconds from statistics_day
   where organisation_id = $1 and person_id = $2 and day between $3 and $4 order by day`,
);

/** The counted days of a person from `from` to `to`; days on which nothing was counted are left out. */
export const daysOf = (tx: Tx, owner: { organisation: string; person: string }, from: string, to: string) =>
  tx.query(days, [owner.organisation, owner.person, from, to]);

const completedOn = statement<[organisation: string, person: string], { day: string }>(
  'tasks.statistics-completed-on',
  `select day from statistics_day where organisation_id = $1 and person_id = $2 and completed > 0 order by day`,
);

/** The days on which a person completed something. */
export async function daysWithCompleted(tx: Tx, owner: { organisation: string; person: string }): Promise<string[]> {
  return (await tx.query(completedOn, [owner.organisation, owner.person])).map(({ day }) => day);
}
