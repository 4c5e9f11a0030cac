import { statement, type Tx } from '@task-connect/sdk';
import type { Rounding } from './rounding.ts';

// Rounded time by day and by project, of work that has been counted.

type Values = [organisation: string, person: string, from: string, to: string, unitSeconds: number];
type Owner = { organisation: string; person: string };
type Rounded = { key: string; seconds: number };

const up = (seconds: string) => `(ceil(${seconds}::numeric / $5) * $5)::bigint`;
const mine = 'statistics_work where organisation_id = $1 and person_id = $2 and day between $3 and $4';
const nil = '00000000-0000-0000-0000-000000000000';

const byEntry = ['day::text', `coalesce(project_id, '${nil}')::text`].map((key, index) =>
  statement<Values, Rounded>(
    `tasks.rounded-entries-${index}`,
    `select ${key} as key, sum(${up('seconds')})::bigint as seconds from ${mine} group by 1`,
  ),
);
const byDay = [
  statement<Values, Rounded>(
    'tasks.rounded-days',
    `select day::text as key, ${up('sum(seconds)')} as seconds from ${mine} group by day`,
  ),
  statement<Values, Rounded>(
    'tasks.rounded-project-days',
    `select key, sum(seconds)::bigint as seconds from (
       select coalesce(project_id, '${nil}')::text as key, ${up('sum(seconds)')} as seconds
       from ${mine} group by 1, day
     ) as days group by key`,
  ),
];

/** Rounded seconds by day, and by project. */
export async function roundedOf(tx: Tx, owner: Owner, from: string, to: string, rounding: Rounding) {
  const values: Values = [owner.organisation, owner.person, from, to, rounding.minutes * 60];
  const statements = rounding.per === 'entry' ? byEntry : byDay;
  const [days, projects] = await Promise.all(statements.map((each) => tx.query(each, values)));
  const toMap = (rows: Rounded[]) => new Map(rows.map(({ key, seconds }) => [key, seconds]));
  return { days: toMap(days!), projects: toMap(projects!) };
}
