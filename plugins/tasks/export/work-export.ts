import { InvalidInput } from '@task-connect/sdk';
import { tasks } from '../contract.ts';
import { type Rounding, roundedUp, roundingOf } from '../statistics/rounding.ts';
import { byteOrderMark, csvLines } from './csv-line.ts';
import { WorkExportQuery } from './export.ts';
import { fileHeaders } from './task-export.ts';
import { type WorkExportRow, workToExport } from './work-export-table.ts';

const longest = 731;

export const exportWork = tasks.stream({
  path: '/work-logs/export',
  summary: 'Take your time of some days away as CSV or JSON, rounded as the report is',
  permission: 'tasks:read',
  query: WorkExportQuery,
  async handle({ query: { format, from, to, ...asked }, actor }, { unitOfWork, settings }) {
    const days = Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days + 1;
    if (days < 1 || days > longest) {
      const detail = `Ask for 1 to ${longest} days.`;
      throw new InvalidInput({ errors: [{ pointer: '/to', detail }] });
    }
    const rounding = roundingOf(asked, settings);
    const rows = await unitOfWork(({ tx }) => workToExport(tx, actor, from, to));
    const entries = rounding?.per === 'day' ? byProjectDay(rows, rounding) : rows.map((row) => entryOf(row, rounding));
    const text = format === 'json' ? `${JSON.stringify({ rounding, entries }, null, 1)}\n` : csvOf(entries, rounding);
    return { headers: fileHeaders('time', format), body: new TextEncoder().encode(text) };
  },
});

type Entry = {
  date: string;
  startedAt: string | null;
  endedAt: string | null;
  project: string | null;
  task: string | null;
  note: string | null;
  seconds: number;
  roundedSeconds: number;
};

const entryOf = (row: WorkExportRow, rounding: Rounding | null): Entry => ({
  date: row.local_date,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  project: row.project,
  task: row.task,
  note: row.note,
  seconds: row.seconds,
  roundedSeconds: rounding ? roundedUp(row.seconds, rounding) : row.seconds,
});

/** What is rounded by the day stands there by the day: one line for each project. */
function byProjectDay(rows: readonly WorkExportRow[], rounding: Rounding): Entry[] {
  const sums = new Map<string, Entry>();
  for (const row of rows) {
    const key = JSON.stringify([row.local_date, row.project]);
    const sum = sums.get(key)?.seconds ?? 0;
    const seconds = sum + row.seconds;
    const roundedSeconds = roundedUp(seconds, rounding);
    const whole = { startedAt: null, endedAt: null, task: null, note: null };
    sums.set(key, { date: row.local_date, project: row.project, ...whole, seconds, roundedSeconds });
  }
  return [...sums.values()];
}

function csvOf(entries: readonly Entry[], rounding: Rounding | null): string {
  const unit = rounding ? `minutes up to ${rounding.minutes} per ${rounding.per}` : 'minutes not rounded';
  const header = ['date', 'started', 'ended', 'project', 'task', 'note', 'minutes', unit];
  const minutes = (seconds: number) => Math.round((seconds / 60) * 100) / 100;
  const lines = entries.map((each) => [
    ...[each.date, each.startedAt, each.endedAt, each.project, each.task, each.note],
    ...[minutes(each.seconds), minutes(each.roundedSeconds)],
  ]);
  return byteOrderMark + csvLines([header, ...lines]);
}
