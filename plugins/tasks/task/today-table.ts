import { statement, type Tx } from '@task-connect/sdk';
import { type TaskRow, taskColumns } from './task-table.ts';

type Values = [
  organisation: string,
  person: string,
  lastDueOn: string,
  lastStartOn: string,
  now: string,
  running: string | null,
  limit: number,
];

// `due_on` is the day in the task’s own zone. Zones are at most 26 hours apart, so what is due in somebody’s day has a
// day of its own that is at most two later: the index finds those few, and pure code decides which are meant.
const onHand = statement<Values, TaskRow>(
  'tasks.on-hand',
  `select ${taskColumns} from task
   where organisation_id = $1 and (id = $6 or responsible_id = $2 and status in ('open', 'active', 'waiting')
     and (due_on <= $3 or status = 'active' or start_on <= $4 or start_at <= $5))
   order by due_on nulls last, due_at nulls last, id limit $7`,
);

/** A person’s open tasks that may belong to the day `date`, by when they are due; and the one the timer runs on. */
export function tasksOnHand(
  tx: Tx,
  owner: { organisation: string; person: string },
  { date, now, running, limit }: { date: string; now: Temporal.Instant; running: string | null; limit: number },
): Promise<TaskRow[]> {
  const day = Temporal.PlainDate.from(date);
  const lastDueOn = day.add({ days: 2 }).toString();
  const values: Values = [owner.organisation, owner.person, lastDueOn, date, now.toString(), running, limit];
  return tx.query(onHand, values);
}
