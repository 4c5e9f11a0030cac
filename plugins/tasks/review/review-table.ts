import { statement, type Tx } from '@task-connect/sdk';
import { type TaskRow, taskColumns } from '../task/task-table.ts';

type Owner = { organisation: string; person: string };
type OfDay = [organisation: string, person: string, day: string];

const done = statement<OfDay, TaskRow>(
  'tasks.review-done',
  `select ${taskColumns} from task where organisation_id = $1 and completed_by = $2 and completed_on = $3
   order by completed_at, id limit 500`,
);

/** What a person completed on a day. */
export const doneOn = (tx: Tx, { organisation, person }: Owner, day: string) =>
  tx.query(done, [organisation, person, day]);

export type TrackedRow = { task: string | null; title: string | null; seconds: number };

const tracked = statement<OfDay, TrackedRow>(
  'tasks.review-tracked',
  `select w.task_id as task, t.title, sum(w.seconds) as seconds from work_log w
   left join task t on t.organisation_id = w.organisation_id and t.id = w.task_id
   where w.organisation_id = $1 and w.person_id = $2 and w.local_date = $3 and w.ended_at is not null
   group by w.task_id, t.title order by seconds desc, task`,
);

/** On what a person spent a day’s time. */
export const trackedOn = (tx: Tx, { organisation, person }: Owner, day: string) =>
  tx.query(tracked, [organisation, person, day]);

export type MovedRow = TaskRow & { from_on: string };

const moved = statement<OfDay, MovedRow>(
  'tasks.review-moved',
  `select m.from_on, t.* from (
     select task_id, min(from_on) as from_on from task_move
     where organisation_id = $1 and person_id = $2 and moved_on = $3 group by task_id
   ) m join (select ${taskColumns}, organisation_id from task) t on t.organisation_id = $1 and t.id = m.task_id
   where t.due_on is null or t.due_on > m.from_on order by m.from_on, t.id limit 500`,
);

/** What a person put off on a day: from the earliest day that it was due. What came back to it was not. */
export const movedOn = (tx: Tx, { organisation, person }: Owner, day: string) =>
  tx.query(moved, [organisation, person, day]);

const openUntil = statement<OfDay, TaskRow>(
  'tasks.review-open',
  `select ${taskColumns} from task where organisation_id = $1 and responsible_id = $2 and due_on <= $3
     and status in ('open', 'active', 'waiting')
   order by due_on, due_at nulls last, id limit 500`,
);

/** What is a person’s to do and due by then, by the task’s own zone. */
export const openDueUntil = (tx: Tx, { organisation, person }: Owner, day: string) =>
  tx.query(openUntil, [organisation, person, day]);
