import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

// The Docker engine that the tests of the deployment run on: the one that the `docker` command finds.

const run = promisify(execFile);

/** What it prints; throws with what it said when it ends with another code than 0. */
export async function docker(...words: string[]): Promise<string> {
  const { stdout, stderr } = await run('docker', words, { maxBuffer: 64_000_000 });
  return `${stdout}${stdout ? '' : stderr}`.trim();
}

/** A field of what the engine knows of an image or a container, by a Go template. */
export const inspect = (what: string, template: string) => docker('inspect', '--format', template, what);

/** Names that meet those of nobody else on this engine. */
export const unique = (name: string) => `tc-test-${name}-${randomBytes(4).toString('hex')}`;

/** Asks until the answer is a value; throws with `what` when none comes in time. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  milliseconds = 90_000,
): Promise<T> {
  const until = performance.now() + milliseconds;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > until) throw new Error(`It did not come to pass: ${what}.`);
    await pause(200);
  }
}
