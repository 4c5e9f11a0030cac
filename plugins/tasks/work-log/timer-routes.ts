import { tasks } from '../contract.ts';
import { endTimer } from './timer.ts';
import { Running, WorkLog } from './work-log.ts';
import { NoTimer } from './work-log-problems.ts';
import { lockRunningWorkLog, runningWorkLog, toWorkLog } from './work-log-table.ts';

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
    const running = await lockRunningWorkLog(context.tx, actor.organisation, actor.person);
    if (!running) throw new NoTimer({});
    return toWorkLog(await endTimer(context, running));
  },
});
