import { tasks } from '../contract.ts';
import { runningWorkLog, toWorkLog } from '../work-log/work-log-table.ts';
import { sortDay } from './sort-day.ts';
import { Today, TodayQuery } from './task.ts';
import { toTask } from './task-table.ts';
import { tasksOnHand } from './today-table.ts';
import { boundsOfDay, dayAt } from './when.ts';

/** More than anybody does in a day. */
const most = 500;

export const getToday = tasks.route({
  method: 'GET',
  path: '/tasks/today',
  summary: 'Get your day: what is overdue, due and started',
  permission: 'tasks:read',
  query: TodayQuery,
  returns: Today,
  async handle({ query, actor }, { tx, clock }) {
    const now = clock.now();
    const zone = query.zone ?? actor.zone;
    const day = boundsOfDay(dayAt(now, zone), zone);
    const work = await runningWorkLog(tx, actor.organisation, actor.person);
    const running = work?.task_id ?? null;
    const rows = await tasksOnHand(tx, actor, { date: day.date, now, running, limit: most + 1 });
    const { overdue, due, started } = sortDay(rows.slice(0, most), day, now, running);
    return {
      ...day,
      overdue: overdue.map(toTask),
      due: due.map(toTask),
      started: started.map(toTask),
      running: work ? toWorkLog(work) : null,
      more: rows.length > most,
    };
  },
});
