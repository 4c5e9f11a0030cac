import { tasks } from '../contract.ts';
import { hintWork, workFacts } from './save-work.ts';
import { Running, WorkLog } from './work-log.ts';
import { NoTimer } from './work-log-problems.ts';
import { lockRunningWorkLog, runningWorkLog, toWorkLog, updateWorkLog } from './work-log-table.ts';
import { stoppedSpan } from './work-span.ts';

export const getRunning = tasks.route({
  method: 'GET',
  path: '/work-logs/running',
  summary: 'Get the work on which your timer runs, or null',
  permission: 'tasks:read',
  returns: Running,
  async handle({ actor }, { tx }) {
    const row = await runningWorkLog(tx, actor.organisation, actor.person);
    return { running: row ? toWorkLog(row) : null };
  },
});

export const stopTimer = tasks.route({
  method: 'POST',
  path: '/work-logs/stop',
  summary: 'Stop your timer',
  permission: 'work:track',
  returns: WorkLog,
  async handle({ actor }, context) {
    const { tx, publish, clock } = context;
    const before = await lockRunningWorkLog(tx, actor.organisation, actor.person);
    if (!before) throw new NoTimer({});
    const work = { task: before.task_id, note: before.note, span: stoppedSpan(before, clock.now()) };
    const row = await updateWorkLog(tx, actor.organisation, before.id, work);
    await publish('work.logged', workFacts(row));
    await hintWork(context, row);
    return toWorkLog(row);
  },
});
