import type { ProcessRow } from './process-table.ts';
import type { PluginPhase } from './registry.ts';

// What this process can say of a plugin that others serve: what they report. Pure.

export type Reported = { state: PluginPhase; reason: string | null };

const nameOf = (row: ProcessRow) => row.internalUrl ?? `the process ${row.id}`;

const servingOf = (rows: readonly ProcessRow[], id: string) => rows.filter((row) => id in row.plugins);

/** One that failed anywhere is failed; it is on where all have it on. */
export function reportedState(rows: readonly ProcessRow[], id: string, wanted: boolean): Reported {
  const serving = servingOf(rows, id);
  if (serving.length === 0) {
    if (!wanted) return { state: 'off', reason: null };
    return { state: 'failed', reason: `No process that runs now serves it. Start one whose TC_PLUGINS names ${id}.` };
  }
  const failed = serving.find((row) => row.plugins[id]!.state === 'failed');
  if (failed) return { state: 'failed', reason: `At ${nameOf(failed)}: ${failed.plugins[id]!.reason}` };
  const changing = serving.find((row) => row.plugins[id]!.state !== (wanted ? 'on' : 'off'));
  if (!changing) return { state: wanted ? 'on' : 'off', reason: null };
  const state = wanted ? 'enabling' : 'disabling';
  return { state, reason: `${nameOf(changing)} has not come to it yet.` };
}

/** Whether every process that serves it has carried out this order of the operator, or failed to. */
export const hasCome = (rows: readonly ProcessRow[], id: string, generation: number): boolean =>
  servingOf(rows, id).every(({ plugins }) => {
    const { state, generation: reached } = plugins[id]!;
    return reached >= generation && (state === 'on' || state === 'off' || state === 'failed');
  });
