import type { Clock } from '@task-connect/sdk';
import { hideInText, hideSecrets } from '../observability/hide.ts';
import type { LogLevel, LogWithChildren } from '../observability/log.ts';

// The last lines of the log, for each plugin, in this process's memory: what an operator reads in the console. Secrets are
// hidden before a line is kept, and both lines and their lengths are bounded.

export type Level = 'debug' | 'info' | 'warn' | 'error';
export type RecentLine = { at: string; level: Level; message: string; fields: Record<string, unknown> };

const perPlugin = 300;
const pluginsAtMost = 200;
const longest = 4000;

export const levels: readonly Level[] = ['debug', 'info', 'warn', 'error'];

export type RecentLines = ReturnType<typeof makeRecentLines>;

/** Warnings and what was done are kept at any level of the log; what is only for looking closely, with that level. */
const lowestFor = (level: LogLevel): number =>
  levels.indexOf(level === 'debug' || level === 'trace' ? 'debug' : 'info');

export function makeRecentLines(needs: { clock: Clock; level: LogLevel }) {
  const rings = new Map<string, RecentLine[]>();
  let lowest = lowestFor(needs.level);

  function keep(level: Level, given: object, message: string): void {
    if (levels.indexOf(level) < lowest) return;
    const { plugin, ...fields } = hideSecrets(given instanceof Error ? { err: given } : given);
    const name = typeof plugin === 'string' ? plugin : 'platform';
    const ring = rings.get(name) ?? [];
    if (!rings.has(name) && rings.size >= pluginsAtMost) return;
    rings.set(name, ring);
    ring.push({ at: needs.clock.now().toString(), level, message: hideInText(message), fields: bounded(fields) });
    if (ring.length > perPlugin) ring.shift();
  }

  const watched = (log: LogWithChildren, about: object): LogWithChildren => {
    const at = (level: Level) => (fields: object, message: string) => {
      log[level](fields, message);
      keep(level, { ...about, ...(fields instanceof Error ? { err: fields } : fields) }, message);
    };
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      setLevel(level) {
        lowest = lowestFor(level);
        log.setLevel(level);
      },
      child: (fields) => watched(log.child(fields), { ...about, ...fields }),
    };
  };

  return {
    /** The same log, whose lines are kept here as well. */
    watch: (log: LogWithChildren) => watched(log, {}),
    /** From this level upwards, oldest first. */
    of: (plugin: string, from: Level): RecentLine[] =>
      (rings.get(plugin) ?? []).filter((line) => levels.indexOf(line.level) >= levels.indexOf(from)),
  };
}

function bounded(fields: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(fields);
  return text.length <= longest ? fields : { cut: text.slice(0, longest) };
}
