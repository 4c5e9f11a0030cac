import { statement, type Tx } from '@task-connect/sdk';

export type DueRow = {
  id: string;
  title: string;
  is_done: boolean;
  due_on: string;
  due_at: string | null;
  due_zone: string;
};

const due = statement<[organisation: string, person: string, from: string, to: string], DueRow>(
  'tasks.agenda-due',
  `select id, title, status = 'done' as is_done, due_on, due_at, due_zone from task
   where organisation_id = $1 and responsible_id = $2 and due_on between $3 and $4 and status <> 'cancelled'
   order by due_on, due_at nulls first, id limit 1000`,
);

/** A person’s tasks that are due from `first` to `last`, both in the task’s own zone. */
export const tasksDueBetween = (tx: Tx, owner: { organisation: string; person: string }, first: string, last: string) =>
  tx.query(due, [owner.organisation, owner.person, first, last]);
