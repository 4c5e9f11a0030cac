import type { TasksContext } from '../contract.ts';
import { hintWork, workFacts, writeWork } from './save-work.ts';
import { insertWorkLog, updateWorkLog, type WorkLogRow } from './work-log-table.ts';
import { stoppedSpan, type WorkSpan } from './work-span.ts';

/** Adds work; a span without an end starts the timer. */
export async function addWork(
  context: TasksContext,
  work: { task: string | null; note: string; span: WorkSpan },
): Promise<WorkLogRow> {
  const { tx, actor, publish } = context;
  const row = await writeWork(tx, actor, work.span, null, () => insertWorkLog(tx, actor, work));
  if (row.ended_at === null) {
    const { id: workLogId, task_id: taskId, person_id: person, started_at: startedAt } = row;
    await publish('timer.started', { workLogId, taskId, person, startedAt });
  } else {
    await publish('work.logged', workFacts(row));
  }
  await hintWork(context, row);
  return row;
}

/** Ends a timer that runs, and that is locked. */
export async function endTimer(context: TasksContext, running: WorkLogRow): Promise<WorkLogRow> {
  const { tx, actor, publish, clock } = context;
  const work = { task: running.task_id, note: running.note, span: stoppedSpan(running, clock.now()) };
  const row = await updateWorkLog(tx, actor.organisation, running.id, work);
  await publish('work.logged', workFacts(row));
  await hintWork(context, row);
  return row;
}
