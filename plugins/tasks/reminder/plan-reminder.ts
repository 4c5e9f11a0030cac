import { type TasksContext, tasks } from '../contract.ts';
import { isOver } from '../task/task.ts';
import { findRemindedTask, holdReminder } from './reminder-table.ts';
import { planOf } from './reminder-time.ts';

/** Arms the next reminder of a task as it is now, moves it, or takes it away. */
async function planReminder(context: TasksContext, taskId: string): Promise<void> {
  const { tx, actor, settings, clock, schedule, unschedule } = context;
  // Two events of a task may be handled at once; who looked earlier must not have the last word.
  await holdReminder(tx, taskId);
  const task = await findRemindedTask(tx, actor.organisation, taskId);
  const plan = task && !isOver(task.status) && planOf(task, settings.remindBefore, clock.now());
  if (plan) await schedule('remind', { at: plan.at, key: taskId, data: { taskId, from: plan.from.toString() } });
  else await unschedule('remind', taskId);
}

/** A task that is over needs no reminder; one that is not keeps the one it has, which may be held back just now. */
async function dropReminder({ tx, actor, unschedule }: TasksContext, taskId: string): Promise<void> {
  await holdReminder(tx, taskId);
  const task = await findRemindedTask(tx, actor.organisation, taskId);
  if (!task || isOver(task.status)) await unschedule('remind', taskId);
}

// Other changes leave the plan alone: a reminder whose time has come but that has not run yet would be lost.
const moves = ['due', 'reminders'];

export const planReminderHandlers = [
  tasks.handler({
    event: 'task.created',
    name: 'plan-reminder-on-task.created',
    async handle({ data }, context) {
      if (data.due !== null || data.hasReminders) await planReminder(context, data.taskId);
    },
  }),
  tasks.handler({
    event: 'task.changed',
    name: 'plan-reminder-on-task.changed',
    async handle({ data: { changed, taskId } }, context) {
      if (changed.some((field) => moves.includes(field))) await planReminder(context, taskId);
      else if (changed.includes('status')) await dropReminder(context, taskId);
    },
  }),
  ...(['task.completed', 'task.reopened', 'task.deleted'] as const).map((event) =>
    tasks.handler({
      event,
      name: `plan-reminder-on-${event}`,
      handle: ({ data }, context) => planReminder(context, data.taskId),
    }),
  ),
];
