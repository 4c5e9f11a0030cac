import { checkVersion, Forbidden, notFound } from '@task-connect/sdk';
import { tasks } from '../contract.ts';
import { checkTask, hintWork, workFacts, writeWork } from './save-work.ts';
import { addWork } from './timer.ts';
import { NewWorkLog, WorkLog, WorkLogPage, WorkLogPatch, WorkLogQuery } from './work-log.ts';
import { deleteWorkLog, lockWorkLog, toWorkLog, updateWorkLog, workLogPage } from './work-log-table.ts';
import { changedSpan, newSpan, sameSpan } from './work-span.ts';

export const listWork = tasks.route({
  method: 'GET',
  path: '/work-logs',
  summary: 'List the time that a person spent, the newest first',
  permission: 'tasks:read',
  query: WorkLogQuery,
  returns: WorkLogPage,
  async handle({ query, actor }, { tx }) {
    const person = query.person ?? actor.person;
    if (person !== actor.person && !actor.may('work:see-others'))
      throw new Forbidden({ permission: 'work:see-others' });
    return workLogPage(tx, actor.organisation, person, query);
  },
});

export const logWork = tasks.route({
  method: 'POST',
  path: '/work-logs',
  summary: 'Log time, or start the timer',
  description:
    '`startedAt` with `endedAt` or `minutes` logs past work, `minutes` alone work that ends now; `startedAt` alone or ' +
    'nothing starts the timer. One timer runs per person, and work with given times does not overlap.',
  permission: 'work:track',
  body: NewWorkLog,
  status: 201,
  returns: WorkLog,
  async handle({ body, actor }, context) {
    const span = newSpan(body, context.clock.now(), actor.zone);
    await checkTask(context, body.task);
    return toWorkLog(await addWork(context, { task: body.task, note: body.note, span }));
  },
});

export const changeWork = tasks.route({
  method: 'PATCH',
  path: '/work-logs/:workLogId',
  summary: 'Change time that you logged',
  description: 'An `endedAt` for the running one stops it. What is absent stays as it is; null clears.',
  permission: 'work:track',
  body: WorkLogPatch,
  returns: WorkLog,
  async handle({ params, body, actor, ifMatch }, context) {
    const { tx, publish, clock } = context;
    const before = await lockWorkLog(tx, actor.organisation, actor.person, params.workLogId);
    if (!before) notFound('work log', params.workLogId);
    checkVersion('work log', ifMatch, before.version);
    const span = changedSpan(before, body, clock.now());
    const task = body.task === undefined ? before.task_id : body.task;
    if (task !== before.task_id) await checkTask(context, task);
    const note = body.note === undefined ? before.note : (body.note ?? '');
    if (task === before.task_id && note === before.note && sameSpan(before, span)) return toWorkLog(before);
    const write = () => updateWorkLog(tx, actor.organisation, before.id, { task, note, span });
    const row = await writeWork(tx, actor, span, before.id, write);
    if (row.ended_at !== null) await publish(before.ended_at ? 'work.changed' : 'work.logged', workFacts(row));
    await hintWork(context, row);
    return toWorkLog(row);
  },
});

export const removeWork = tasks.route({
  method: 'DELETE',
  path: '/work-logs/:workLogId',
  summary: 'Delete time that you logged',
  permission: 'work:track',
  async handle({ params, actor, ifMatch }, context) {
    const { tx, publish } = context;
    const row = await lockWorkLog(tx, actor.organisation, actor.person, params.workLogId);
    if (!row) notFound('work log', params.workLogId);
    checkVersion('work log', ifMatch, row.version);
    await deleteWorkLog(tx, actor.organisation, row.id);
    await publish('work.deleted', { workLogId: row.id, person: row.person_id });
    await hintWork(context, row);
  },
});
