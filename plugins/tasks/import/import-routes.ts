import { InvalidInput } from '@task-connect/sdk';
import { type TasksContext, tasks } from '../contract.ts';
import { checkReferences } from '../task/task-references.ts';
import { csvRows } from './csv-rows.ts';
import { textOf } from './csv-text.ts';
import { ImportQuery, ImportReport } from './import.ts';
import { plainDrafts } from './plain-csv.ts';
import { takeIn } from './take-in.ts';
import { todoistDrafts } from './todoist.ts';

const mostRows = 5000;

const refuse = (detail: string): never => {
  throw new InvalidInput({ errors: [{ pointer: '', detail }] });
};

export const importTasks = tasks.upload({
  method: 'POST',
  path: '/tasks/import',
  summary: 'Take tasks in from a CSV, or look at what would come of it',
  description:
    'The body is the file. What came in earlier is known again and left alone; rows that are not understood are listed ' +
    'with their number, and the rest goes in.',
  permission: 'tasks:write',
  query: ImportQuery,
  mostBytes: 8 * 1024 * 1024,
  returns: ImportReport,
  async handle({ query, body, actor }, context: TasksContext) {
    const { clock } = context;
    const { text, encoding } =
      textOf(body, query.encoding) ?? refuse('The file is not in that encoding; save it as UTF-8, or name its own.');
    const file = csvRows(text);
    if (file.header.length === 0) refuse('The file is empty; its first row must name the columns.');
    if (file.rows.length > mostRows) refuse(`The file has more than ${mostRows} rows; send it in parts.`);
    await checkReferences(context, { project: query.project ?? null }, [null]);
    const read = query.format === 'todoist' ? todoistDrafts : plainDrafts;
    const drafts = read(file, actor.zone, clock.now());
    const report = await takeIn(context, drafts, { project: query.project ?? null, preview: query.preview });
    return { preview: query.preview, encoding, columns: drafts.columns, ...report };
  },
});
