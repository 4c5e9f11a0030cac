import type { DemoWorld } from '@task-connect/sdk';
import type { tasks } from '../contract.ts';
import { dueSentence } from '../reminder/reminder-text.ts';
import { columnsOfWhen } from '../task/when.ts';
import type { PlannedTask } from './plan-tasks.ts';

type World = DemoWorld<typeof tasks.contract>;
type Reminder = { organisation: string; person: string; at: Temporal.Instant; title: string; body: string; id: string };

/** How many reminders the year has brought. */
const many = 3000;

/** What the reminders of the year said, each at its time; told by the plugin itself, as its one-off job does. */
export async function remindAll(world: World, told: readonly { task: PlannedTask; id: string }[]): Promise<void> {
  const reminders = [0, 1, 2]
    .flatMap((daysBefore) => told.flatMap(({ task, id }) => reminderOf(task, id, daysBefore, world.now) ?? []))
    .slice(0, many)
    .sort((one, other) => Temporal.Instant.compare(one.at, other.at));
  for (const [, together] of Map.groupBy(reminders, ({ organisation, at }) => `${organisation} ${at}`)) {
    const { organisation, at } = together[0]!;
    await world.work(organisation, at, async ({ notify }) => {
      for (const { person, title, body, id } of together) {
        await notify('reminder', { person, title, body, link: `/tasks/${id}`, key: `${id} ${at}` });
      }
    });
  }
}

/** At nine on the day it is due, or so many days before; undefined when it was over by then, or that is still to come. */
function reminderOf(task: PlannedTask, id: string, daysBefore: number, now: Temporal.Instant): Reminder | undefined {
  const { of, becomes } = task;
  const { on, at: dueAt } = columnsOfWhen(task.new.due, of.zone);
  if (on === null) return undefined;
  const at = Temporal.PlainDate.from(on)
    .subtract({ days: daysBefore })
    .toZonedDateTime({ timeZone: of.zone, plainTime: '09:00' })
    .toInstant();
  const isOver = becomes !== null && becomes.status !== 'active' && Temporal.Instant.compare(becomes.at, at) < 0;
  const isKnown = Temporal.Instant.compare(task.at, at) <= 0;
  if (isOver || !isKnown || Temporal.Instant.compare(at, now) > 0) return undefined;
  const body = dueSentence({ on, at: dueAt }, of, at);
  return { organisation: of.organisation, person: of.person, at, title: task.new.title, body, id };
}
