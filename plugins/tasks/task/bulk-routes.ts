import { InvalidInput } from '@task-connect/sdk';
import { tasks } from '../contract.ts';
import { refuseUndated } from '../recurrence/repeat-columns.ts';
import { followStatus } from '../work-log/follow-status.ts';
import { changedTask, mostLabels } from './change-task.ts';
import { BulkAnswer, BulkRequest } from './task.ts';
import { saveChange } from './task-events.ts';
import { checkReferences, taskTree } from './task-references.ts';
import { acting } from './task-routes.ts';
import { lockTasks, type TaskRow, toTask } from './task-table.ts';

export const changeTasks = tasks.route({
  method: 'POST',
  path: '/tasks/bulk',
  summary: 'Change up to 200 tasks alike',
  description: 'All of them are changed, or none. A task that is so already stays as it is.',
  permission: 'tasks:write',
  body: BulkRequest,
  returns: BulkAnswer,
  async handle({ body: { ids, change }, actor }, context) {
    const { tx } = context;
    if (change.parent) await taskTree.lock(tx, actor.organisation);
    const rows = await lockTasks(tx, actor.organisation, ids);
    refuseUnknown(ids, rows);
    await checkReferences(context, change, ids, '/change');
    const changes = rows.map((before) => ({ before, ...changedTask(before, change, acting(context)) }));
    refuseTooManyLabels(changes);
    for (const { row } of changes) refuseUndated(row, change, '/change');
    const items: TaskRow[] = [];
    for (const { before, ...after } of changes) items.push(await saveChange(context, before, after));
    const after = new Map(items.map((row) => [row.id, row]));
    await followStatus(
      context,
      rows.map((before) => ({ before, after: after.get(before.id)! })),
    );
    return { items: inOrderOf(ids, items).map(toTask) };
  },
});

function refuseUnknown(ids: string[], rows: TaskRow[]): void {
  const known = new Set(rows.map((row) => row.id));
  const errors = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `/ids/${index}`, detail: 'There is no such task in this organisation.' }],
  );
  if (errors.length > 0) throw new InvalidInput({ errors });
}

function refuseTooManyLabels(changes: { row: TaskRow }[]): void {
  const over = changes.find(({ row }) => row.labels.length > mostLabels);
  if (!over) return;
  const detail = `“${over.row.title}” would carry more than ${mostLabels} labels; remove some first.`;
  throw new InvalidInput({ errors: [{ pointer: '/change/addLabels', detail }] });
}

const inOrderOf = (ids: string[], rows: TaskRow[]): TaskRow[] => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)!);
};
