import type { Log } from '@task-connect/sdk';
import { pino } from 'pino';
import { hideInText, hideSecrets } from './hide.ts';

// Promises: one JSON line an entry, without secrets, written in the background and complete when the process exits
// by itself or by process.exit. kill -9 may lose the last tenth of a second.

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

export type LogWithChildren = Log & {
  /** A log that adds these fields to every line. */
  child(fields: object): LogWithChildren;
  /** Changes what is written from now on, of this log, its parents and children. */
  setLevel(level: LogLevel): void;
};

export function makeLog(needs: {
  level: LogLevel;
  /** Where lines go; standard output when not given. */
  destination?: { write(line: string): void };
}): LogWithChildren {
  const options: pino.LoggerOptions = {
    // What is written is decided by `wrap`: a child of pino keeps the level that it was born with.
    level: 'debug',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // Errors are made into fields by hideSecrets, which also sees into their causes.
    serializers: { err: (value) => value },
  };
  // Lines are gathered up to 4 KiB or a tenth of a second: a write for each costs as much as the request it tells of.
  const destination = needs.destination ?? pino.destination({ sync: false, minLength: 4096, periodicFlush: 100 });
  return wrap(pino(options, destination), { from: fromLevel(needs.level) });
}

/** `silent` is above all. */
const fromLevel = (level: LogLevel): number => pino.levels.values[level] ?? Number.POSITIVE_INFINITY;

function wrap(logger: pino.Logger, written: { from: number }): LogWithChildren {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: object, message: string) => {
    // `log.error(error, '…')` is a slip that costs nothing to understand.
    if (pino.levels.values[level]! >= written.from) {
      logger[level](ready(fields instanceof Error ? { err: fields } : fields), hideInText(message));
    }
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(logger.child(ready(fields)), written),
    setLevel(level) {
      written.from = fromLevel(level);
    },
  };
}

// A field of a line's own name would stand in it twice, and readers take the last.
function ready(fields: object): Record<string, unknown> {
  const hidden = hideSecrets(fields);
  for (const taken of ['level', 'time', 'msg']) {
    if (taken in hidden) {
      hidden[`${taken}_`] = hidden[taken];
      delete hidden[taken];
    }
  }
  return hidden;
}
