import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after } from 'node:test';
import type { Place } from '../cli/cli-process.ts';
import { root } from '../cli/root.ts';
import { until } from '../testing/until.ts';

/** The command `start` as a process that never gets ready, once its log says what it waits for. */
export async function startAndWait(place: Place, says: RegExp) {
  const words = ['--disable-warning=ExperimentalWarning', 'core/cli/cli.ts', 'start', '--logs', 'stdout'];
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...place.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  after(() => void child.kill('SIGKILL'));
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      log += chunk;
    });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const untilItSays = (pattern: RegExp) =>
    until(() => {
      if (child.exitCode !== null) throw new Error(`The process ended with ${child.exitCode}: ${log}`);
      return pattern.test(log);
    }, String(pattern));
  await untilItSays(says);
  return {
    /** Resolves when its log says so. */
    says: untilItSays,
    /** Resolves when the process is gone; one that goes on waiting is killed, and its signal tells so. */
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
      const [code, by] = await closed;
      clearTimeout(late);
      return { code, signal: by, log };
    },
  };
}
