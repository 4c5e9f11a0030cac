import { Problem } from '@task-connect/sdk';
import type { TasksContext } from '../contract.ts';
import { preferencesOf } from '../preference/preference-table.ts';
import type { TaskRow } from '../task/task-table.ts';
import { addWork, endTimer } from './timer.ts';
import { lockRunningWorkLog } from './work-log-table.ts';
import { newSpan } from './work-span.ts';

type Moved = { before: TaskRow; after: TaskRow };
const isActive = ({ status }: TaskRow) => status === 'active';

/**
 * Where somebody wants it so: a task that they move into “active” gets their timer, which leaves the task that it ran
 * on; a task that they move out of there loses it. Of several that begin at once none gets it.
 */
export async function followStatus(context: TasksContext, changes: readonly Moved[]): Promise<void> {
  const { tx, actor, settings, clock } = context;
  const moved = changes.filter(({ before, after }) => isActive(before) !== isActive(after));
  if (moved.length === 0 || actor.kind !== 'person' || !actor.may('work:track')) return;
  const { timerFollowsStatus } = await preferencesOf(tx, actor);
  if (!(timerFollowsStatus ?? settings.timerFollowsStatus)) return;

  const begun = moved.filter(({ after }) => isActive(after));
  const task = begun.length === 1 ? begun[0]!.after.id : undefined;
  const running = await lockRunningWorkLog(tx, actor.organisation, actor.person);
  if (running && running.task_id === task) return;
  const isLeft = moved.some(({ before, after }) => isActive(before) && after.id === running?.task_id);
  if (running && (task !== undefined || isLeft)) await endTimer(context, running);
  if (task === undefined) return;
  try {
    await addWork(context, { task, note: '', span: newSpan({ task, note: '' }, clock.now(), actor.zone) });
  } catch (error) {
    // Work of theirs that lies there is no reason to refuse the move of the task.
    if (!(error instanceof Problem)) throw error;
  }
}
