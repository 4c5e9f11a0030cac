import { statement, type Tx } from '@task-connect/sdk';
import type { countNames, DayCounts } from './day-counts.ts';

// The counts of each person, day and project.

const add = statement<
  [
    organisation: string,
    people: string[],
    days: string[],
    projects: string[],
    created: number[],
    completed: number[],
    due: number[],
    met: number[],
    trackedSeconds: number[],
  ],
  unknown
>(
  'tasks.add-to-statistics-days',
  `insert into statistics_project_day as d (organisation_id, person_id, day, project_id, created, completed, due, met, tracked_seconds)
   select $1, * from unnest($2::uuid[], $3::date[], $4::uuid[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[])
   on conflict (organisation_id, person_id, day, project_id) do update set created = d.created + excluded.created,
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
    addends.map(({ project }) => project),
    column('created'),
    column('completed'),
    column('due'),
    column('met'),
    column('trackedSeconds'),
  ]);
}

type Sums = { created: number; completed: number; due: number; met: number; tracked_seconds: number };
export type DayRow = { day: string } & Sums;
export type ProjectRow = { project_id: string; missed: number } & Omit<Sums, 'due' | 'met'>;

type Range = [organisation: string, person: string, from: string, to: string];

const sums = `sum(created) as created, sum(completed) as completed, sum(due) as due, sum(met) as met,
  sum(tracked_seconds) as tracked_seconds`;
const days = statement<Range, DayRow>(
  'tasks.statistics-days',
  `select day, ${sums} from statistics_project_day
   where organisation_id = $1 and person_id = $2 and day between $3 and $4 group by day order by day`,
);

type Owner = { organisation: string; person: string };

/** The counted days of a person from `from` to `to`; days on which nothing was counted are left out. */
export const daysOf = (tx: Tx, owner: Owner, from: string, to: string) =>
  tx.query(days, [owner.organisation, owner.person, from, to]);

const projects = statement<[...Range, today: string], ProjectRow>(
  'tasks.statistics-projects',
  `select project_id, sum(created) as created, sum(completed) as completed, sum(tracked_seconds) as tracked_seconds,
     coalesce(sum(due - met) filter (where day < $5), 0) as missed
   from statistics_project_day where organisation_id = $1 and person_id = $2 and day between $3 and $4
   group by project_id`,
);

/** What a person’s days come to for each project; `today` is not over, so nothing is missed on it. */
export const projectsOf = (tx: Tx, owner: Owner, from: string, to: string, today: string) =>
  tx.query(projects, [owner.organisation, owner.person, from, to, today]);

const completedOn = statement<[organisation: string, person: string], { day: string }>(
  'tasks.statistics-completed-on',
  `select day from statistics_project_day where organisation_id = $1 and person_id = $2
   group by day having sum(completed) > 0 order by day`,
);

/** The days on which a person completed something. */
export async function daysWithCompleted(tx: Tx, owner: Owner): Promise<string[]> {
  return (await tx.query(completedOn, [owner.organisation, owner.person])).map(({ day }) => day);
}
