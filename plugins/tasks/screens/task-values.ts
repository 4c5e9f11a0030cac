import type { Values } from '@task-connect/console';
import type { Task, TaskPatch } from './queries.ts';
import { minutesOf } from './quick-add.ts';

/** A task as the form’s values, times in the zone in which they were meant. */
export function valuesOf(task: Task, zone: string): Values {
  const { due } = task;
  const at = due && 'at' in due ? Temporal.Instant.from(due.at).toZonedDateTimeISO(due.zone || zone) : null;
  return {
    title: task.title,
    status: task.status,
    dueDay: due && 'date' in due ? due.date : (at?.toPlainDate().toString() ?? null),
    dueTime: at?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? null,
    assignee: task.assignee,
    project: task.project,
    priority: task.priority,
    estimate: task.estimateMinutes === null ? null : shortLength(task.estimateMinutes),
    labels: task.labels,
    notes: task.notes || null,
  };
}

const shortLength = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return hours === 0 ? `${rest}m` : `${hours}h${rest === 0 ? '' : String(rest).padStart(2, '0')}`;
};

/** What differs between the task and the form, as a change of the task. */
export function patchOf(task: Task, values: Values, zone: string): TaskPatch {
  const before = valuesOf(task, zone);
  const differs = (name: string) => JSON.stringify(before[name]) !== JSON.stringify(values[name]);
  const same = ['title', 'status', 'assignee', 'project', 'priority', 'labels', 'notes'];
  const patch: Record<string, unknown> = Object.fromEntries(same.filter(differs).map((name) => [name, values[name]]));
  if (differs('dueDay') || differs('dueTime')) {
    patch.due = whenOf(values.dueDay, values.dueTime, task.due && 'zone' in task.due ? task.due.zone : zone);
  }
  if (differs('estimate')) patch.estimateMinutes = minutesOf(String(values.estimate ?? '')) ?? null;
  return patch as TaskPatch;
}

function whenOf(day: unknown, time: unknown, zone: string) {
  if (typeof day !== 'string' || day === '') return null;
  if (typeof time !== 'string' || time === '') return { date: day };
  const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) });
  return { at: at.toInstant().toString(), zone };
}
