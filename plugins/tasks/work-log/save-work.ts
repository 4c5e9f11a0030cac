import { InvalidInput, type Tx } from '@task-connect/sdk';
import type { TasksContext } from '../contract.ts';
import { findTask } from '../task/task-table.ts';
import { TimerRunning, WorkOverlaps, whenInWords } from './work-log-problems.ts';
import { runningWorkLog, type WorkLogRow, workAt } from './work-log-table.ts';
import type { WorkSpan } from './work-span.ts';

type Owner = { organisation: string; person: string; zone: string; locale: string };

/** Refuses a task that is not there. */
export async function checkTask({ tx, actor }: TasksContext, task: string | null | undefined): Promise<void> {
  if (!task || (await findTask(tx, actor.organisation, task))) return;
  throw new InvalidInput({ errors: [{ pointer: '/task', detail: 'There is no such task in this organisation.' }] });
}

/**
 * Writes work of which the database holds that it is the only one at its time; `except` is the log that is changed.
 * Asking first would leave a gap between the question and the write, so the refusal itself is explained.
 */
export async function writeWork(
  tx: Tx,
  owner: Owner,
  span: WorkSpan,
  except: string | null,
  write: () => Promise<WorkLogRow>,
): Promise<WorkLogRow> {
  try {
    return await tx.attempt(write);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const running = await runningWorkLog(tx, owner.organisation, owner.person);
    if (span.endedAt === null && running && running.id !== except) {
      const task = running.task_id === null ? undefined : await findTask(tx, owner.organisation, running.task_id);
      throw new TimerRunning({ workLogId: running.id, taskTitle: task?.title ?? null });
    }
    const other = await workAt(tx, owner, span, except);
    const startedAt = other?.started_at ?? span.startedAt;
    const endedAt = other?.ended_at ?? null;
    const when = whenInWords(startedAt, endedAt, owner);
    throw new WorkOverlaps({ startedAt, endedAt, taskTitle: other?.title ?? null, when });
  }
}

const refusals = new Set(['work_log_one_runs', 'work_log_no_overlap']);
const isRefusal = (error: unknown) =>
  error instanceof Error && 'constraint' in error && refusals.has(error.constraint as string);

/** Tells of work that has an end. */
export const workFacts = (row: WorkLogRow) => ({
  workLogId: row.id,
  taskId: row.task_id,
  person: row.person_id,
  startedAt: row.started_at,
  endedAt: row.ended_at!,
  seconds: row.seconds!,
  localDate: row.local_date,
});

/** Tells the consoles of the person that their time is different now. */
export const hintWork = ({ live }: TasksContext, row: WorkLogRow) =>
  live({ type: 'work-changed', person: row.person_id, data: { workLogId: row.id } });
