import { toast, useTimeStyle } from '@task-connect/console';
import { useMoveBlock } from '../panel/panel-queries.ts';
import { type PlannedBlock, type Task, type TaskPatch, useChangeTask } from '../queries.ts';
import { t } from '../t.ts';
import { useChangeWork } from '../work-queries.ts';
import { type CalendarItem, instantAt, type Place } from './calendar-item.ts';
import { placeText } from './place-text.ts';

/** Moves what was put elsewhere, at once and with an undo. */
export function useMoveItem() {
  const style = useTimeStyle();
  const tasks = useChangeTask();
  const work = useChangeWork();
  const blocks = useMoveBlock();

  async function move(item: CalendarItem, place: Place): Promise<void> {
    if (item.task) await moveTask(item.task, place);
    else if (item.block) await moveBlock(item.block, place.from === null ? { ...place, from: item.from } : place);
    else if (item.log?.endedAt) {
      const { log } = item;
      const [startedAt, endedAt] = spanAt(place, item.from!, log.startedAt, log.endedAt!);
      const changed = await work.run({ log, patch: { startedAt, endedAt } });
      if (!changed) return;
      const back = { startedAt: log.startedAt, endedAt: log.endedAt! };
      toast({
        text: t('The time is now at {when}', { when: placeText(place, style) }),
        undo: () => void work.run({ log: changed, patch: back }),
      });
    }
  }

  /** As long as it was, beginning at a place. */
  function spanAt({ date, from }: Place, own: number, startedAt: string, endedAt: string): [string, string] {
    const start = instantAt({ date, from: from ?? own }, style.zone);
    const long = Temporal.Instant.from(startedAt).until(endedAt);
    return [start.toString(), start.add(long).toString()];
  }

  async function moveBlock(block: PlannedBlock, place: Place): Promise<void> {
    const [startsAt, endsAt] = spanAt(place, 0, block.startsAt, block.endsAt);
    const changed = await blocks.run({ block, patch: { startsAt, endsAt } });
    if (!changed) return;
    const back = { startsAt: block.startsAt, endsAt: block.endsAt };
    toast({
      text: t('“{task}” is planned for {when}', { task: block.title, when: placeText(place, style) }),
      undo: () => void blocks.run({ block: changed, patch: back }),
    });
  }

  async function moveTask(task: Task, place: Place): Promise<void> {
    const patch = patchOf(task, place, style.zone);
    const changed = await tasks.run({ task, patch });
    if (!changed) return;
    toast({
      text: t('“{task}” is due {when}', { task: task.title, when: placeText(place, style) }),
      undo: () => void tasks.run({ task: changed, patch: { due: task.due } }),
    });
  }
  return { move, problem: tasks.problem ?? work.problem ?? blocks.problem };
}

function patchOf(task: Task, { date, from }: Place, zone: string): TaskPatch {
  if (from === null) return { due: { date } };
  const own = task.due && 'zone' in task.due ? task.due.zone : zone;
  return { due: { at: instantAt({ date, from }, zone).toString(), zone: own } };
}
