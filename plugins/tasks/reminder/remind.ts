import { type TasksContext, tasks } from '../contract.ts';
import { isOver } from '../task/task.ts';
import { findRemindedTask, holdReminder, type RemindedTask } from './reminder-table.ts';
import { dueSentence } from './reminder-text.ts';
import { reminderTime } from './reminder-time.ts';

/** Reminds of a task, having looked whether that is still wanted. */
export const remind = tasks.oneOff({
  job: 'remind',
  async handle({ data: { taskId } }, context) {
    const { tx, actor, settings, clock, notify, schedule } = context;
    await holdReminder(tx, taskId);
    const task = await findRemindedTask(tx, actor.organisation, taskId);
    if (!task || isOver(task.status)) return;
    const time = reminderTime(task, settings.remindBefore);
    const now = clock.now();
    if (!time) return;
    // The due date was moved a moment ago, and the event of that change is still on its way.
    if (Temporal.Instant.compare(time, now) > 0) {
      await schedule('remind', { at: time, key: taskId, data: { taskId } });
      return;
    }

    const reader = await readerOf(task, context);
    if (!reader) return;
    await notify('reminder', {
      person: reader.person,
      title: task.title,
      body: dueSentence({ on: task.due_on!, at: task.due_at }, reader, now),
      link: `/tasks/${taskId}`,
      key: `${taskId} ${time}`,
    });
  },
});

/** Who is reminded: the assignee or else the maker, if they still belong to the organisation. */
async function readerOf(task: RemindedTask, { people, actor }: TasksContext) {
  const members = new Set((await people.members(actor.organisation)).map(({ person }) => person));
  const person = [task.assignee_id, task.created_by].find((id) => id !== null && members.has(id));
  if (!person) return undefined;
  const [contact] = await people.contact([person]);
  return contact;
}
