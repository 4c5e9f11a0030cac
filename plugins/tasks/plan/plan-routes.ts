import { Conflict, checkVersion, Forbidden, InvalidInput, notFound } from '@task-connect/sdk';
import { type TasksContext, tasks } from '../contract.ts';
import { findTask } from '../task/task-table.ts';
import { NewPlannedBlock, PlannedBlock, PlannedBlockPatch, PlannedBlockQuery, PlannedBlocks } from './planned-block.ts';
import {
  type BlockRow,
  type BlockValues,
  blocksBetween,
  blocksOfTask,
  countBlocks,
  deleteBlock,
  insertBlock,
  lockBlock,
  toBlock,
  updateBlock,
} from './planned-block-table.ts';

const mostOfTask = 100;
const longestDays = 100;

async function checkBlock({ people, actor }: TasksContext, block: BlockValues, before?: string): Promise<void> {
  const length = Temporal.Instant.from(block.startsAt).until(block.endsAt).total('hours');
  const errors = [];
  if (length <= 0) errors.push({ pointer: '/endsAt', detail: 'The end is not after the start.' });
  if (length > 24) errors.push({ pointer: '/endsAt', detail: 'This is more than 24 hours; plan it in parts.' });
  if (block.person !== before && block.person !== actor.person) {
    const members = await people.members(actor.organisation);
    if (!members.some(({ person }) => person === block.person))
      errors.push({ pointer: '/person', detail: 'This person is no member of the organisation.' });
  }
  if (errors.length > 0) throw new InvalidInput({ errors });
}

const planFacts = (row: BlockRow) => ({
  blockId: row.id,
  taskId: row.task_id,
  person: row.person_id,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
});

const hintPlan = ({ live }: TasksContext, { id, task_id: taskId }: BlockRow) =>
  live({ type: 'plan-changed', data: { blockId: id, taskId } });

export const listPlanned = tasks.route({
  method: 'GET',
  path: '/planned-blocks',
  summary: 'List when a person means to work on what',
  permission: 'tasks:read',
  query: PlannedBlockQuery,
  returns: PlannedBlocks,
  async handle({ query: { from, to, person = null }, actor }, { tx }) {
    const owner = { organisation: actor.organisation, person: person ?? actor.person };
    if (owner.person !== actor.person && !actor.may('work:see-others'))
      throw new Forbidden({ permission: 'work:see-others' });
    const days = Temporal.Instant.from(from).until(to).total('hours') / 24;
    if (days <= 0 || days > longestDays) {
      const detail = days <= 0 ? 'The end is not after the start.' : `Ask for ${longestDays} days at most.`;
      throw new InvalidInput({ errors: [{ pointer: '/to', detail }] });
    }
    return { items: (await blocksBetween(tx, owner, { from, to })).map(toBlock) };
  },
});

export const listPlannedOfTask = tasks.route({
  method: 'GET',
  path: '/tasks/:taskId/planned-blocks',
  summary: 'List when a task is planned',
  permission: 'tasks:read',
  returns: PlannedBlocks,
  async handle({ params, actor }, { tx }) {
    if (!(await findTask(tx, actor.organisation, params.taskId))) notFound('task', params.taskId);
    return { items: (await blocksOfTask(tx, actor.organisation, params.taskId)).map(toBlock) };
  },
});

export const planTask = tasks.route({
  method: 'POST',
  path: '/tasks/:taskId/planned-blocks',
  summary: 'Plan when to work on a task',
  permission: 'tasks:write',
  body: NewPlannedBlock,
  status: 201,
  returns: PlannedBlock,
  async handle({ params, body, actor }, context) {
    const { tx, publish } = context;
    if (!(await findTask(tx, actor.organisation, params.taskId))) notFound('task', params.taskId);
    const block = { person: actor.person, zone: actor.zone, ...body };
    await checkBlock(context, block);
    if ((await countBlocks(tx, actor.organisation, params.taskId)) >= mostOfTask)
      throw new Conflict({ detail: `This task is planned ${mostOfTask} times already. Delete some of those first.` });
    const row = await insertBlock(tx, actor.organisation, params.taskId, block);
    await publish('task.planned', planFacts(row));
    await hintPlan(context, row);
    return toBlock(row);
  },
});

export const changePlanned = tasks.route({
  method: 'PATCH',
  path: '/planned-blocks/:blockId',
  summary: 'Move what was planned',
  permission: 'tasks:write',
  body: PlannedBlockPatch,
  returns: PlannedBlock,
  async handle({ params, body, actor, ifMatch }, context) {
    const { tx, publish } = context;
    const before = await lockBlock(tx, actor.organisation, params.blockId);
    if (!before) notFound('planned block', params.blockId);
    checkVersion('planned block', ifMatch, before.version);
    const { person, startsAt, endsAt, zone } = toBlock(before);
    const block = { person, startsAt, endsAt, zone, ...body };
    await checkBlock(context, block, before.person_id);
    const row = await updateBlock(tx, actor.organisation, before.id, block);
    await publish('task.planned', planFacts(row));
    await hintPlan(context, row);
    return toBlock(row);
  },
});

export const removePlanned = tasks.route({
  method: 'DELETE',
  path: '/planned-blocks/:blockId',
  summary: 'Take back what was planned',
  permission: 'tasks:write',
  async handle({ params, actor, ifMatch }, context) {
    const { tx, publish } = context;
    const row = await lockBlock(tx, actor.organisation, params.blockId);
    if (!row) notFound('planned block', params.blockId);
    checkVersion('planned block', ifMatch, row.version);
    await deleteBlock(tx, actor.organisation, row.id);
    await publish('task.unplanned', planFacts(row));
    await hintPlan(context, row);
  },
});
