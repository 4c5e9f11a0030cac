import { type TasksContext, tasks } from '../contract.ts';
import { isOver } from '../task/task.ts';
import { heldUntil } from './held-until.ts';
import { findRemindedTask, holdReminder, type RemindedTask } from './reminder-table.ts';
import { reminderSentence } from './reminder-text.ts';
import { latestDue, planOf } from './reminder-time.ts';

/** Reminds of a task, having looked whether that is still wanted, and whether its reader may be disturbed. */
export const remind = tasks.oneOff({
  job: 'remind',
  async handle({ at, data: { taskId, from = at.toString() } }, context) {
    const { tx, actor, settings, clock, schedule } = context;
    await holdReminder(tx, taskId);
    const task = await findRemindedTask(tx, actor.organisation, taskId);
    if (!task || isOver(task.status)) return;
    const now = clock.now();
    // None is due where the date was moved a moment ago, and the event of that change is still on its way.
    const due = latestDue(task, settings.remindBefore, Temporal.Instant.from(from), now);
    const reader = due && (await readerOf(task, context));
    const held = reader && (await heldUntil(context, reader, now));
    if (held) {
      await schedule('remind', { at: held, key: taskId, data: { taskId, from } });
      return;
    }
    if (reader) await tell(context, { taskId, task, due, reader, now });
    const next = planOf(task, settings.remindBefore, now);
    if (next && Temporal.Instant.compare(next.at, now) > 0)
      await schedule('remind', { at: next.at, key: taskId, data: { taskId, from: next.from.toString() } });
  },
});

type Reader = NonNullable<Awaited<ReturnType<typeof readerOf>>>;
type Told = { taskId: string; task: RemindedTask; due: Temporal.Instant; reader: Reader; now: Temporal.Instant };

async function tell({ notify }: TasksContext, { taskId, task, due, reader, now }: Told): Promise<void> {
  await notify('reminder', {
    person: reader.person,
    title: task.title,
    body: reminderSentence({ on: task.due_on, at: task.due_at }, due, reader, now),
    link: `/tasks/${taskId}`,
    key: `${taskId} ${due}`,
  });
}

/** Who is reminded: the assignee or else the maker, if they still belong to the organisation. */
async function readerOf(task: RemindedTask, { people, actor }: TasksContext) {
  const members = new Set((await people.members(actor.organisation)).map(({ person }) => person));
  const person = [task.assignee_id, task.created_by].find((id) => id !== null && members.has(id));
  if (!person) return undefined;
  const [contact] = await people.contact([person]);
  return contact;
}
