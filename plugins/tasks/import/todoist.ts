import { InvalidInput, zone as Zone } from '@task-connect/sdk';
import { Priority } from '../task/task.ts';
import type { CsvFile, CsvRow } from './csv-rows.ts';
import { type Draft, type Drafts, makeKeys, oneLine } from './drafts.ts';
import { readDate } from './todoist-date.ts';

// The CSV that Todoist writes of a project: sections, tasks by their depth, and notes that belong to the task before
// them. In this file priority 1 is the highest.

const priorities = { '1': 'high', '2': 'medium', '3': 'low', '4': 'none' } as const;
const known = ['type', 'content', 'description', 'priority', 'indent', 'date', 'timezone'];

export function todoistDrafts({ header, rows, faults }: CsvFile, zone: string, now: Temporal.Instant): Drafts {
  if (!header.includes('type') || !header.includes('content')) {
    const detail = 'This is no file of Todoist: its first row must name TYPE and CONTENT.';
    throw new InvalidInput({ errors: [{ pointer: '', detail }] });
  }
  const read: Drafts = {
    columns: header.filter((name) => known.includes(name)),
    projects: [],
    drafts: [],
    faults: [...faults],
  };
  const keyOf = makeKeys();
  let section: string | null = null;
  let above: Draft[] = [];
  for (const row of rows) {
    const { type = '', content = '' } = row.cells;
    const kind = type.trim().toLowerCase();
    if (kind === 'section') {
      section = oneLine(content) || null;
      above = [];
      if (section && !read.projects.includes(section)) read.projects.push(section);
    } else if (kind === 'task') {
      const depth = Math.min(Math.max(Number.parseInt(row.cells.indent || '1', 10) || 1, 1) - 1, above.length);
      const parent = above[depth - 1];
      const key = keyOf('todoist', section, parent?.key, ...known.map((name) => row.cells[name]));
      const draft: Draft = { row: row.row, key, parent, depth, project: section, task: taskOf(row, zone, now, read) };
      read.drafts.push(draft);
      above = [...above.slice(0, depth), draft];
    } else if (kind === 'note') {
      const { task } = read.drafts.at(-1) ?? {};
      if (task) task.notes = [task.notes, content.replaceAll('\r\n', '\n')].filter(Boolean).join('\n\n');
      else read.faults.push({ row: row.row, detail: 'A note without a task before it.', skipped: true });
    } else if (kind !== 'meta') {
      const detail = `“${type.slice(0, 40)}” is no kind of row: section, task or note.`;
      read.faults.push({ row: row.row, detail, skipped: true });
    }
  }
  return read;
}

function taskOf({ row, cells }: CsvRow, zone: string, now: Temporal.Instant, { faults }: Drafts): Draft['task'] {
  const { content = '', description = '', priority = '', date = '', timezone = '' } = cells;
  const labels = [...content.matchAll(/(?<=^|\s)@([^\s@,;]+)/g)].map((found) => found[1]!);
  const title = oneLine(content.replaceAll(/(?<=^|\s)@[^\s@,;]+/g, '').replaceAll(/ {2,}/g, ' '));
  const hasZone = timezone.trim() !== '';
  const isZone = Zone().safeParse(timezone.trim()).success;
  if (hasZone && !isZone)
    faults.push({ row, detail: `There is no time zone “${timezone}”; yours was taken.`, skipped: false });
  const when = date.trim() ? readDate(date, isZone ? timezone.trim() : zone, now) : undefined;
  if (date.trim() && !when)
    faults.push({ row, detail: `The date “${date.slice(0, 60)}” was not understood; set it by hand.`, skipped: false });
  return {
    title: title || oneLine(content),
    notes: description.replaceAll('\r\n', '\n').trim(),
    labels,
    priority: Priority.parse(priorities[priority.trim() as keyof typeof priorities] ?? 'none'),
    due: when?.due ?? null,
    recurrence: when?.recurrence ?? null,
  };
}
