import { statement, type Tx } from '@task-connect/sdk';
import type { PlannedBlock } from './planned-block.ts';

export type BlockRow = {
  id: string;
  task_id: string;
  title: string;
  is_over: boolean;
  person_id: string;
  starts_at: string;
  ends_at: string;
  zone: string;
  version: number;
};

const columns = `b.id, b.task_id, t.title, t.status in ('done', 'cancelled') as is_over, b.person_id, b.starts_at,
  b.ends_at, b.zone, b.version`;
const ofTasks = 'join task t on t.organisation_id = b.organisation_id and t.id = b.task_id';

export const toBlock = (row: BlockRow): PlannedBlock => ({
  id: row.id,
  task: row.task_id,
  title: row.title,
  person: row.person_id,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  zone: row.zone,
  done: row.is_over,
  version: row.version,
});

export type BlockValues = { person: string; startsAt: string; endsAt: string; zone: string };
type Written = [organisation: string, person: string, startsAt: string, endsAt: string, zone: string];
const written = (organisation: string, { person, startsAt, endsAt, zone }: BlockValues): Written => [
  organisation,
  person,
  startsAt,
  endsAt,
  zone,
];

const insert = statement<[...Written, task: string], BlockRow>(
  'tasks.insert-planned-block',
  `with b as (
     insert into planned_block (organisation_id, person_id, starts_at, ends_at, zone, task_id)
     values ($1, $2, $3, $4, $5, $6) returning *
   ) select ${columns} from b ${ofTasks}`,
);

export async function insertBlock(tx: Tx, organisation: string, task: string, block: BlockValues): Promise<BlockRow> {
  const [row] = await tx.query(insert, [...written(organisation, block), task]);
  return row!;
}

const update = statement<[...Written, id: string], BlockRow>(
  'tasks.update-planned-block',
  `with b as (
     update planned_block set person_id = $2, starts_at = $3, ends_at = $4, zone = $5, version = version + 1
     where organisation_id = $1 and id = $6 returning *
   ) select ${columns} from b ${ofTasks}`,
);

export async function updateBlock(tx: Tx, organisation: string, id: string, block: BlockValues): Promise<BlockRow> {
  const [row] = await tx.query(update, [...written(organisation, block), id]);
  return row!;
}

const lock = statement<[organisation: string, id: string], BlockRow>(
  'tasks.lock-planned-block',
  `select ${columns} from planned_block b ${ofTasks} where b.organisation_id = $1 and b.id = $2 for update of b`,
);

export async function lockBlock(tx: Tx, organisation: string, id: string): Promise<BlockRow | undefined> {
  const [row] = await tx.query(lock, [organisation, id]);
  return row;
}

const remove = statement<[organisation: string, id: string], unknown>(
  'tasks.delete-planned-block',
  'delete from planned_block where organisation_id = $1 and id = $2',
);

export async function deleteBlock(tx: Tx, organisation: string, id: string): Promise<void> {
  await tx.query(remove, [organisation, id]);
}

const ofTask = statement<[organisation: string, task: string], BlockRow>(
  'tasks.planned-blocks-of-task',
  `select ${columns} from planned_block b ${ofTasks} where b.organisation_id = $1 and b.task_id = $2
   order by b.starts_at, b.id`,
);

/** When a task is planned, in order. */
export const blocksOfTask = (tx: Tx, organisation: string, task: string) => tx.query(ofTask, [organisation, task]);

const between = statement<[organisation: string, person: string, from: string, to: string], BlockRow>(
  'tasks.planned-blocks-between',
  `select ${columns} from planned_block b ${ofTasks}
   where b.organisation_id = $1 and b.person_id = $2 and b.ends_at > $3 and b.starts_at < $4
   order by b.starts_at, b.id limit 1000`,
);

/** What a person planned that reaches into the time from `from` to `to`. */
export const blocksBetween = (
  tx: Tx,
  owner: { organisation: string; person: string },
  { from, to }: { from: string; to: string },
) => tx.query(between, [owner.organisation, owner.person, from, to]);

const countOf = statement<[organisation: string, task: string], { count: number }>(
  'tasks.count-planned-blocks',
  'select count(*) as count from planned_block where organisation_id = $1 and task_id = $2',
);

export async function countBlocks(tx: Tx, organisation: string, task: string): Promise<number> {
  const [row] = await tx.query(countOf, [organisation, task]);
  return row!.count;
}
