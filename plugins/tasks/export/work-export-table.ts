import { statement, type Tx } from '@task-connect/sdk';

export type WorkExportRow = {
  local_date: string;
  started_at: string;
  ended_at: string;
  seconds: number;
  zone: string;
  note: string;
  task: string | null;
  project: string | null;
};

const between = statement<[organisation: string, person: string, from: string, to: string], WorkExportRow>(
  'tasks.work-to-export',
  `select w.local_date, w.started_at, w.ended_at, w.seconds, w.zone, w.note, t.title as task, p.name as project
   from work_log w left join task t on t.organisation_id = w.organisation_id and t.id = w.task_id
   left join project p on p.organisation_id = w.organisation_id and p.id = t.project_id
   where w.organisation_id = $1 and w.person_id = $2 and w.local_date between $3 and $4 and w.ended_at is not null
   order by w.local_date, w.started_at, w.id limit 200000`,
);

/** A person’s work of these days, in order. */
export const workToExport = (tx: Tx, owner: { organisation: string; person: string }, from: string, to: string) =>
  tx.query(between, [owner.organisation, owner.person, from, to]);
