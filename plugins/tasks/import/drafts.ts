import { createHash } from 'node:crypto';
import type { NewTask } from '../task/task.ts';
import type { RowFault } from './csv-rows.ts';

/** A task of a file before it is looked at by the rules of tasks: whatever stood there. */
export type Draft = {
  row: number;
  /** What it is known by when the file comes again. */
  key: string;
  /** The draft that it hangs below. */
  parent: Draft | undefined;
  depth: number;
  project: string | null;
  task: { title: string; notes: string; labels: string[] } & Partial<NewTask>;
};

export type Drafts = { columns: string[]; projects: string[]; drafts: Draft[]; faults: RowFault[] };

/** Gives the same row of the same file the same key, and each of several equal rows its own. */
export function makeKeys(): (...parts: (string | null | undefined)[]) => string {
  const seen = new Map<string, number>();
  return (...parts) => {
    const text = JSON.stringify(parts);
    const number = (seen.get(text) ?? 0) + 1;
    seen.set(text, number);
    return createHash('sha256').update(`${number} ${text}`).digest('hex');
  };
}

/** A title is one line. */
export const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').trim();
