import { toast, useTimeStyle } from '@task-connect/console';
import { type Task, type TaskPatch, useChangeTask } from '../queries.ts';
import { t } from '../t.ts';
import { useChangeWork } from '../work-queries.ts';
import { type CalendarItem, instantAt, type Place } from './calendar-item.ts';
import { placeText } from './place-text.ts';

/** Moves what was put elsewhere, at once and with an undo. */
export function useMoveItem() {
  const style = useTimeStyle();
  const tasks = useChangeTask();
  const work = useChangeWork();

  async function move(item: CalendarItem, place: Place): Promise<void> {
    if (item.task) await moveTask(item.task, item, place);
    else if (item.log?.endedAt) {
      const { log } = item;
      const startedAt = instantAt({ date: place.date, from: place.from ?? item.from! }, style.zone);
      const took = Temporal.Instant.from(log.startedAt).until(log.endedAt!);
      const patch = { startedAt: startedAt.toString(), endedAt: startedAt.add(took).toString() };
      const changed = await work.run({ log, patch });
      if (!changed) return;
      const back = { startedAt: log.startedAt, endedAt: log.endedAt! };
      toast({
        text: t('The time is now at {when}', { when: placeText(place, style) }),
        undo: () => void work.run({ log: changed, patch: back }),
      });
    }
  }

  async function moveTask(task: Task, item: CalendarItem, place: Place): Promise<void> {
    const patch = patchOf(task, item, place, style.zone);
    const changed = await tasks.run({ task, patch });
    if (!changed) return;
    const before: TaskPatch = item.kind === 'due' ? { due: task.due } : { start: task.start };
    const says = { task: task.title, when: placeText(place, style) };
    toast({
      text: item.kind === 'due' ? t('“{task}” is due {when}', says) : t('“{task}” is planned for {when}', says),
      undo: () => void tasks.run({ task: changed, patch: before }),
    });
  }
  return { move, problem: tasks.problem ?? work.problem };
}

function patchOf(task: Task, item: CalendarItem, { date, from }: Place, zone: string): TaskPatch {
  if (item.kind === 'due') {
    if (from === null) return { due: { date } };
    const own = task.due && 'zone' in task.due ? task.due.zone : zone;
    return { due: { at: instantAt({ date, from }, zone).toString(), zone: own } };
  }
  const own = task.start && 'zone' in task.start ? task.start.zone : zone;
  return { start: { at: instantAt({ date, from: from ?? item.from! }, zone).toString(), zone: own } };
}
