import { decodeCursor, instant, plainDate, statement, type Tx, text, toPage } from '@task-connect/sdk';
import type { Knex } from '@task-connect/sdk/migration';
import { z } from 'zod';
import type { Task, TaskQuery } from './task.ts';
import { type TaskRow, taskColumns, toTask } from './task-table.ts';
import { boundsOfDay } from './when.ts';

// Lists of tasks. The plain one, newest first, is asked most and has statements of its own; any filter or other order
// goes through a builder.

const newest = statement<[organisation: string, limit: number], TaskRow>(
  'tasks.newest',
  `select ${taskColumns} from task where organisation_id = $1 order by organisation_id desc, id desc limit $2`,
);
const newestBefore = statement<[organisation: string, limit: number, id: string], TaskRow>(
  'tasks.newest-before',
  `select ${taskColumns} from task where organisation_id = $1 and id < $3
   order by organisation_id desc, id desc limit $2`,
);

type Order = {
  /** Expressions that are never null, so that rows compare as one value. */
  by: string[];
  /** What stands for a null in them. */
  values: (row: TaskRow) => (string | number | null)[];
  /** The placeholders of a cursor’s values. */
  from: string[];
  cursor: z.ZodType<(string | number | null)[]>;
};

const id = z.uuid();
const orders: Record<'created' | 'updated' | 'due' | 'priority' | 'title' | 'position', Order> = {
  created: { by: ['id'], values: (row) => [row.id], from: ['?'], cursor: z.tuple([id]) },
  updated: {
    by: ['updated_at', 'id'],
    values: (row) => [row.updated_at, row.id],
    from: ['?::timestamptz', '?'],
    cursor: z.tuple([instant(), id]),
  },
  // A day without a time comes after the times of that day.
  due: {
    by: [`coalesce(due_on, 'infinity')`, `coalesce(due_at, 'infinity')`, 'id'],
    values: (row) => [row.due_on, row.due_at, row.id],
    from: [`coalesce(?::date, 'infinity')`, `coalesce(?::timestamptz, 'infinity')`, '?'],
    cursor: z.tuple([plainDate().nullable(), instant().nullable(), id]),
  },
  priority: {
    by: ['priority', 'id'],
    values: (row) => [row.priority, row.id],
    from: ['?::int', '?'],
    cursor: z.tuple([z.int().min(0).max(3), id]),
  },
  // What has no place of its own comes last.
  position: {
    by: [`coalesce(position, 'infinity')`, 'id'],
    values: (row) => [row.position, row.id],
    from: [`coalesce(?::float8, 'infinity')`, '?'],
    cursor: z.tuple([z.number().nullable(), id]),
  },
  title: {
    by: ['title collate "und-x-icu"', 'id'],
    values: (row) => [row.title, row.id],
    from: ['?', '?'],
    cursor: z.tuple([text(500), id]),
  },
};

type Acting = { person: string; organisation: string; zone: string };

function filtered(tx: Tx, acting: Acting, query: TaskQuery): Knex.QueryBuilder {
  const builder = tx.knex('task').where('organisation_id', acting.organisation);
  if (query.status) builder.whereIn('status', query.status);
  for (const [column, wanted] of [
    ['project_id', query.project],
    ['parent_id', query.parent],
    ['assignee_id', query.assignee === 'me' ? acting.person : query.assignee],
  ] as const) {
    if (wanted === 'none') builder.whereNull(column);
    else if (wanted) builder.where(column, wanted);
  }
  if (query.label) builder.whereRaw('id = any(array(select tasks_with_label(?)))', [query.label]);
  if (query.text) builder.whereRaw('id = any(array(select tasks_with_text(?)))', [containing(query.text)]);
  if (query.dueBefore) {
    const { date, startsAt } = boundsOfDay(query.dueBefore, acting.zone);
    builder.whereRaw('(case when due_at is null then due_on < ?::date else due_at < ?::timestamptz end)', [
      date,
      startsAt,
    ]);
  }
  if (query.dueAfter) {
    const { date, endsAt } = boundsOfDay(query.dueAfter, acting.zone);
    builder.whereRaw('(case when due_at is null then due_on > ?::date else due_at >= ?::timestamptz end)', [
      date,
      endsAt,
    ]);
  }
  return builder;
}

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const filters = ['status', 'project', 'parent', 'assignee', 'label', 'text', 'dueBefore', 'dueAfter'] as const;

/** One page of the tasks that `query` asks for, as the acting person sees them. */
export async function taskPage(tx: Tx, acting: Acting, query: TaskQuery) {
  const order = orders[query.sort.replace('-', '') as keyof typeof orders];
  const after = decodeCursor(query.cursor, order.cursor);
  const plain = query.sort === '-created' && filters.every((name) => query[name] === undefined);
  const rows = plain ? await newestRows(tx, acting, query, after) : await sortedRows(tx, acting, query, order, after);
  const page = toPage<TaskRow, Task>(rows, query.limit, order.values, toTask);
  if (!query.count) return page;
  const [counted] = await filtered(tx, acting, query).count({ total: '*' });
  return { ...page, total: Number(counted.total) };
}

type After = (string | number | null)[] | undefined;

const newestRows = (tx: Tx, { organisation }: Acting, { limit }: TaskQuery, after: After) =>
  after
    ? tx.query(newestBefore, [organisation, limit + 1, after[0] as string])
    : tx.query(newest, [organisation, limit + 1]);

async function sortedRows(tx: Tx, acting: Acting, query: TaskQuery, order: Order, after: After): Promise<TaskRow[]> {
  const [direction, sign] = query.sort.startsWith('-') ? ['desc', '<'] : ['asc', '>'];
  const builder = filtered(tx, acting, query)
    .select(tx.knex.raw(taskColumns))
    .orderByRaw(['organisation_id', ...order.by].map((by) => `${by} ${direction}`).join(', '))
    .limit(query.limit + 1);
  if (after) builder.whereRaw(`(${order.by.join(', ')}) ${sign} (${order.from.join(', ')})`, after as Knex.Value[]);
  return builder;
}
