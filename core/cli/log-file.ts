import { existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeLineWriter } from '../http/line-writer.ts';
import { type LogLevel, makeLog } from '../observability/log.ts';

// The log of a process of ours. It goes to a file, so that what a person reads stands alone on the terminal, or to
// standard output, for whoever collects logs there.

export type OpenLog = {
  log: ReturnType<typeof makeLog>;
  /** Takes finished lines; the access log writes them past the logger. */
  lines: { write(line: string): void };
};

const largest = 10_000_000;

export const logFile = (data: string) => join(data, 'log', 'platform.log');

/** The log in the data folder. At a start that finds it large, it is put aside as `platform.log.1`. */
export function openLogFile(data: string, level: LogLevel): OpenLog {
  const path = logFile(data);
  mkdirSync(join(data, 'log'), { recursive: true });
  if (existsSync(path) && statSync(path).size > largest) renameSync(path, `${path}.1`);
  return openLog(openSync(path, 'a', 0o640), level);
}

export function openLog(fd: number, level: LogLevel): OpenLog {
  const lines = makeLineWriter({ fd });
  process.once('exit', lines.flushSync);
  return { log: makeLog({ level, destination: lines }), lines };
}
