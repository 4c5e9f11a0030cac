import { type TasksContext, tasks } from '../contract.ts';
import { isOver } from '../task/task.ts';
import { findRemindedTask, holdReminder } from './reminder-table.ts';
import { plannedTime } from './reminder-time.ts';

/** Arms the reminder of a task as it is now, moves it, or takes it away. */
async function planReminder(context: TasksContext, taskId: string): Promise<void> {
  const { tx, actor, settings, clock, schedule, unschedule } = context;
  // Two events of a task may be handled at once; who looked earlier must not have the last word.
  await holdReminder(tx, taskId);
  const task = await findRemindedTask(tx, actor.organisation, taskId);
  const at = task && !isOver(task.status) && plannedTime(task, settings.remindBefore, clock.now());
  if (at) await schedule('remind', { at, key: taskId, data: { taskId } });
  else await unschedule('remind', taskId);
}

// Other changes leave the plan alone: a reminder whose time has come but that has not run yet would be lost.
const matters = ['due', 'remindBeforeMinutes', 'status'];

export const planReminderHandlers = [
  tasks.handler({
    event: 'task.created',
    name: 'plan-reminder-on-task.created',
    async handle({ data }, context) {
      if (data.due !== null) await planReminder(context, data.taskId);
    },
  }),
  tasks.handler({
    event: 'task.changed',
    name: 'plan-reminder-on-task.changed',
    async handle({ data }, context) {
      if (data.changed.some((field) => matters.includes(field))) await planReminder(context, data.taskId);
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
