import { type TasksContext, tasks } from '../contract.ts';
import { countAllAnew, holdStatistics } from './recount-table.ts';

/** Makes the read model of an organisation anew from its tasks and work; comes to the same as counting step by step. */
export async function rebuildStatistics({ tx, actor: { organisation } }: TasksContext): Promise<void> {
  await holdStatistics(tx, organisation);
  await countAllAnew(tx, organisation);
}

// Nothing should ever differ; if a count was lost after all, a week heals it, and an operator can run it at once.
export const rebuildStatisticsJob = tasks.job({
  name: 'rebuild-statistics',
  title: 'Count tasks and work anew',
  cron: '30 3 * * 0',
  late: 'skip',
  per: 'organisation',
  run: (_, { unitOfWork }) => unitOfWork(rebuildStatistics),
});
