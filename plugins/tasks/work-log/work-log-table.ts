import { decodeCursor, instant, statement, type Tx, toPage } from '@task-connect/sdk';
import { z } from 'zod';
import type { WorkLog, WorkLogQuery } from './work-log.ts';
import type { WorkSpan } from './work-span.ts';

export type WorkLogRow = {
  id: string;
  person_id: string;
  task_id: string | null;
  note: string;
  started_at: string;
  ended_at: string | null;
  seconds: number | null;
  placed: boolean;
  local_date: string;
  zone: string;
  version: number;
};

const columns = 'id, person_id, task_id, note, started_at, ended_at, seconds, placed, local_date, zone, version';

export const toWorkLog = (row: WorkLogRow): WorkLog => ({
  id: row.id,
  task: row.task_id,
  person: row.person_id,
  note: row.note,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  seconds: row.seconds,
  localDate: row.local_date,
  zone: row.zone,
  version: row.version,
});

type Written = [
  organisation: string,
  task: string | null,
  note: string,
  startedAt: string,
  endedAt: string | null,
  seconds: number | null,
  placed: boolean,
  localDate: string,
];

const written = (organisation: string, task: string | null, note: string, span: WorkSpan): Written => [
  organisation,
  task,
  note,
  span.startedAt,
  span.endedAt,
  span.seconds,
  span.placed,
  span.localDate,
];

const insert = statement<[...Written, person: string, zone: string], WorkLogRow>(
  'tasks.insert-work-log',
  `insert into work_log (organisation_id, task_id, note, started_at, ended_at, seconds, placed, local_date, person_id, zone)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${columns}`,
);

/** Adds work of a person. The database refuses a second running timer and work at the time of other work. */
export async function insertWorkLog(
  tx: Tx,
  owner: { organisation: string; person: string },
  work: { task: string | null; note: string; span: WorkSpan },
): Promise<WorkLogRow> {
  const values = written(owner.organisation, work.task, work.note, work.span);
  const [row] = await tx.query(insert, [...values, owner.person, work.span.zone]);
  return row!;
}

const update = statement<[...Written, id: string], WorkLogRow>(
  'tasks.update-work-log',
  `update work_log set task_id = $2, note = $3, started_at = $4, ended_at = $5, seconds = $6, placed = $7,
     local_date = $8, version = version + 1
   where organisation_id = $1 and id = $9 returning ${columns}`,
);

export async function updateWorkLog(
  tx: Tx,
  organisation: string,
  id: string,
  work: { task: string | null; note: string; span: WorkSpan },
): Promise<WorkLogRow> {
  const [row] = await tx.query(update, [...written(organisation, work.task, work.note, work.span), id]);
  return row!;
}

const lock = statement<[organisation: string, person: string, id: string], WorkLogRow>(
  'tasks.lock-work-log',
  `select ${columns} from work_log where organisation_id = $1 and person_id = $2 and id = $3 for update`,
);

/** A person’s own work, locked. */
export async function lockWorkLog(tx: Tx, organisation: string, person: string, id: string) {
  const [row] = await tx.query(lock, [organisation, person, id]);
  return row;
}

const running = statement<[organisation: string, person: string], WorkLogRow>(
  'tasks.running-work-log',
  `select ${columns} from work_log where organisation_id = $1 and person_id = $2 and ended_at is null`,
);

/** The work on which a person’s timer runs now. */
export async function runningWorkLog(tx: Tx, organisation: string, person: string) {
  const [row] = await tx.query(running, [organisation, person]);
  return row;
}

const lockRunning = statement<[organisation: string, person: string], WorkLogRow>(
  'tasks.lock-running-work-log',
  `select ${columns} from work_log where organisation_id = $1 and person_id = $2 and ended_at is null for update`,
);

export async function lockRunningWorkLog(tx: Tx, organisation: string, person: string) {
  const [row] = await tx.query(lockRunning, [organisation, person]);
  return row;
}

const remove = statement<[organisation: string, id: string], unknown>(
  'tasks.delete-work-log',
  'delete from work_log where organisation_id = $1 and id = $2',
);

export async function deleteWorkLog(tx: Tx, organisation: string, id: string): Promise<void> {
  await tx.query(remove, [organisation, id]);
}

type Overlap = { started_at: string; ended_at: string | null; title: string | null };
const overlapping = statement<
  [organisation: string, person: string, startedAt: string, endedAt: string | null, except: string | null],
  Overlap
>(
  'tasks.overlapping-work',
  `select w.started_at, w.ended_at, t.title from work_log w
   left join task t on t.organisation_id = w.organisation_id and t.id = w.task_id
   where w.organisation_id = $1 and w.person_id = $2 and w.placed
     and tstzrange(w.started_at, w.ended_at) && tstzrange($3, $4) and w.id is distinct from $5
   order by w.started_at limit 1`,
);

/** Other work of the person at that time. */
export async function workAt(
  tx: Tx,
  owner: { organisation: string; person: string },
  span: WorkSpan,
  except: string | null,
) {
  const [row] = await tx.query(overlapping, [owner.organisation, owner.person, span.startedAt, span.endedAt, except]);
  return row;
}

const cursor = z.tuple([instant(), z.uuid()]);

/** One page of a person’s work, the newest first. */
export async function workLogPage(tx: Tx, organisation: string, person: string, query: WorkLogQuery) {
  const after = decodeCursor(query.cursor, cursor);
  const filtered = tx.knex('work_log').where({ organisation_id: organisation, person_id: person });
  if (query.task) filtered.where('task_id', query.task);
  if (query.from) filtered.where('local_date', '>=', query.from);
  if (query.to) filtered.where('local_date', '<=', query.to);

  const rows = filtered.clone();
  if (after) rows.whereRaw('(started_at, id) < (?::timestamptz, ?)', after);
  rows
    .select(tx.knex.raw(columns))
    .orderByRaw('organisation_id desc, person_id desc, started_at desc, id desc')
    .limit(query.limit + 1);

  const page = toPage<WorkLogRow, WorkLog>(await rows, query.limit, (row) => [row.started_at, row.id], toWorkLog);
  if (!query.count) return page;
  const [counted] = await filtered.clone().count({ total: '*' });
  return { ...page, total: Number(counted?.total) };
}
