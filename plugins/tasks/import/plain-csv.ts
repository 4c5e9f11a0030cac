import { InvalidInput, zone as Zone } from '@task-connect/sdk';
import { whenOn } from '../recurrence/series.ts';
import { priorities, statuses } from '../task/task.ts';
import type { CsvFile, CsvRow } from './csv-rows.ts';
import { type Draft, type Drafts, makeKeys, oneLine } from './drafts.ts';
import { readDate } from './todoist-date.ts';

// Any CSV with a header, ours included: columns are known by the names that people give them.

const names = {
  title: ['title', 'task', 'name', 'subject', 'content', 'summary', 'titel', 'aufgabe'],
  notes: ['notes', 'note', 'description', 'details', 'notizen', 'beschreibung'],
  due: ['due', 'due date', 'due_date', 'date', 'deadline', 'fällig', 'fälligkeit'],
  time: ['due time', 'time', 'uhrzeit'],
  zone: ['zone', 'time zone', 'timezone'],
  priority: ['priority', 'priorität'],
  labels: ['labels', 'tags', 'label', 'tag'],
  project: ['project', 'list', 'projekt', 'liste'],
  status: ['status', 'state'],
  estimate: ['estimate minutes', 'estimate', 'minutes'],
} as const;
type Field = keyof typeof names;

const words: Record<string, (typeof priorities)[number]> = {
  ...Object.fromEntries(priorities.map((each) => [each, each])),
  p1: 'high',
  p2: 'medium',
  p3: 'low',
  p4: 'none',
  hoch: 'high',
  mittel: 'medium',
  niedrig: 'low',
  normal: 'none',
  '': 'none',
};

export function plainDrafts({ header, rows, faults }: CsvFile, zone: string, now: Temporal.Instant): Drafts {
  const fields = Object.keys(names) as Field[];
  const columns = Object.fromEntries(
    fields.map((field) => [field, names[field].find((name) => header.includes(name))]),
  ) as Record<Field, string | undefined>;
  if (!columns.title) {
    const detail = `No column is the title: the first row must name one of ${names.title.join(', ')}.`;
    throw new InvalidInput({ errors: [{ pointer: '', detail }] });
  }
  const read: Drafts = {
    columns: fields.flatMap((field) => columns[field] ?? []),
    projects: [],
    drafts: [],
    faults: [...faults],
  };
  const keyOf = makeKeys();
  for (const row of rows) {
    const cell = (field: Field) => plain(row.cells[columns[field] ?? ''] ?? '');
    const project = oneLine(cell('project')) || null;
    const task = taskOf(row, cell, zone, now, read);
    const key = keyOf('csv', ...fields.map(cell));
    read.drafts.push({ row: row.row, key, parent: undefined, depth: 0, project, task });
    if (project && !read.projects.includes(project)) read.projects.push(project);
  }
  return read;
}

/** Our own files have a mark in front of what a spreadsheet would take for a formula. */
const plain = (text: string): string => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

function taskOf(
  { row }: CsvRow,
  cell: (field: Field) => string,
  ownZone: string,
  now: Temporal.Instant,
  { faults }: Drafts,
): Draft['task'] {
  const wrong = (detail: string) => faults.push({ row, detail, skipped: false });
  const lower = (field: Field) => cell(field).trim().toLowerCase();
  const zone = Zone().safeParse(cell('zone').trim()).success ? cell('zone').trim() : ownZone;
  if (cell('zone').trim() && zone !== cell('zone').trim())
    wrong(`There is no time zone “${cell('zone')}”; yours was taken.`);

  const date = [cell('due').trim(), cell('time').trim()].filter(Boolean).join(' ');
  const when = date ? (instantIn(date, zone) ?? readDate(date, zone, now)) : undefined;
  if (date && !when) wrong(`The date “${date.slice(0, 60)}” was not understood; set it by hand.`);
  const priority = words[lower('priority')];
  if (!priority) wrong(`The priority “${cell('priority').slice(0, 40)}” was not understood: ${priorities.join(', ')}.`);
  const status = lower('status') === '' ? 'open' : statuses.find((each) => each === lower('status'));
  if (!status) wrong(`The status “${cell('status').slice(0, 40)}” was not understood: ${statuses.join(', ')}.`);
  const estimate = /^\d{1,6}$/.test(cell('estimate').trim()) ? Number(cell('estimate')) : null;
  return {
    title: oneLine(cell('title')),
    notes: cell('notes').replaceAll('\r\n', '\n'),
    labels: cell('labels')
      .split(/[,;]/)
      .map((label) => label.trim().replace(/^[@#]/, ''))
      .filter(Boolean),
    priority: priority ?? 'none',
    status: status ?? 'open',
    estimateMinutes: estimate || null,
    due: when?.due ?? null,
    recurrence: when?.recurrence ?? null,
  };
}

function instantIn(text: string, zone: string) {
  const local = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::\d{2})?$/.exec(text);
  if (!local) return undefined;
  try {
    return {
      due: whenOn({ time: `${local[2]}:00`, zone }, Temporal.PlainDate.from(local[1]!).toString()),
      recurrence: null,
    };
  } catch {
    return undefined;
  }
}
