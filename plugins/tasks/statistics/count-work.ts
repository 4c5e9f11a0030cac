import { type TasksContext, tasks } from '../contract.ts';
import { countsOfWork, difference } from './day-counts.ts';
import { addToDays } from './day-table.ts';
import { factsOfWorkNow, noteWork } from './fact-table.ts';
import { holdStatistic } from './recount-table.ts';

/** Tells open consoles that reports show something else now. */
export const hintStatistics = ({ live }: TasksContext) => live({ type: 'statistics-changed' });

/** Counts what is different of a piece of work since it was counted last. */
export async function countWork(context: TasksContext, workLogId: string): Promise<void> {
  const { tx, actor } = context;
  const { organisation } = actor;
  const [, { before, now }] = await Promise.all([
    holdStatistic(tx, organisation, workLogId),
    factsOfWorkNow(tx, organisation, workLogId),
  ]);
  await Promise.all([
    noteWork(tx, organisation, workLogId, now),
    addToDays(tx, organisation, difference(countsOfWork(before), countsOfWork(now))),
  ]);
  await hintStatistics(context);
}

export const countWorkHandlers = (['work.logged', 'work.changed', 'work.deleted'] as const).map((event) =>
  tasks.handler({ event, name: `count-${event}`, handle: ({ data }, context) => countWork(context, data.workLogId) }),
);
