import { tasks } from '../contract.ts';
import { projectNames } from '../statistics/project-figures-table.ts';
import { type Task, TaskQuery } from '../task/task.ts';
import { taskPage } from '../task/task-list-table.ts';
import { byteOrderMark, csvLines } from './csv-line.ts';
import { TaskExportQuery } from './export.ts';

const columns = [
  ...['id', 'title', 'notes', 'status', 'priority', 'due date', 'due time', 'zone', 'start', 'labels', 'project'],
  ...['parent', 'estimate minutes', 'repeat', 'created', 'completed'],
];

export const exportTasks = tasks.stream({
  path: '/tasks/export',
  summary: 'Take all tasks away as CSV or JSON',
  permission: 'tasks:read',
  query: TaskExportQuery,
  async handle({ query: { format, project }, actor, signal }, { unitOfWork }) {
    /** Page by page, each in a transaction of its own, so that a slow reader holds none open. */
    async function* pages() {
      let cursor: string | undefined;
      do {
        const query = TaskQuery.parse({ sort: 'created', limit: 200, cursor, project });
        const page = await unitOfWork(async ({ tx }) => {
          const { items, next } = await taskPage(tx, actor, query);
          const ids = [...new Set(items.flatMap((task) => task.project ?? []))];
          return { items, next, names: await projectNames(tx, actor.organisation, ids) };
        });
        yield page;
        cursor = page.next ?? undefined;
      } while (cursor && !signal.aborted);
    }

    async function* csv() {
      yield byteOrderMark + csvLines([columns]);
      for await (const { items, names } of pages()) yield csvLines(items.map((task) => cellsOf(task, names)));
    }
    async function* json() {
      let before = '{"tasks":[';
      for await (const { items, names } of pages()) {
        for (const task of items) {
          const projectName = task.project && (names.get(task.project) ?? null);
          yield before + JSON.stringify({ ...task, projectName });
          before = ',\n';
        }
      }
      yield before.startsWith('{') ? `${before}]}\n` : ']}\n';
    }
    return { headers: fileHeaders('tasks', format), body: format === 'csv' ? csv() : json() };
  },
});

/** The head of an answer that is saved as a file. */
export const fileHeaders = (name: string, format: 'csv' | 'json') => ({
  'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
  'Content-Disposition': `attachment; filename="${name}.${format}"`,
  'Cache-Control': 'no-store',
});

function cellsOf(task: Task, names: ReadonlyMap<string, string>) {
  const due =
    task.due && 'at' in task.due ? Temporal.Instant.from(task.due.at).toZonedDateTimeISO(task.due.zone) : null;
  const date = task.due && 'date' in task.due ? task.due.date : (due?.toPlainDate().toString() ?? null);
  const start = task.start && ('date' in task.start ? task.start.date : task.start.at);
  return [
    task.id,
    task.title,
    task.notes,
    task.status,
    task.priority,
    date,
    due?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? null,
    due?.timeZoneId ?? null,
    start,
    task.labels.join(', '),
    task.project && (names.get(task.project) ?? null),
    task.parent,
    task.estimateMinutes,
    task.recurrence?.rule ?? null,
    task.createdAt,
    task.completedAt,
  ];
}
