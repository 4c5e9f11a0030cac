import { type ChildProcess, fork } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { nodeEnvironment, nodeFlags } from '../node-flags.mjs';

// The processes that a bench measures, started as the product is.

export type Child = { child: ChildProcess; told: Promise<Record<string, string>> };

/** `folder` takes their logs. */
export function makeChildren(folder: string) {
  const children: ChildProcess[] = [];
  return {
    start(file: string, env: Record<string, string>): Child {
      const log = openSync(join(folder, `${file}.log`), 'a');
      const child = fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), {
        execArgv: nodeFlags as string[],
        env: { ...nodeEnvironment, ...process.env, ...env },
        stdio: ['ignore', log, 'inherit', 'ipc'],
      });
      children.push(child);
      const told = new Promise<Record<string, string>>((resolve, reject) => {
        child.once('message', (message) => resolve(message as Record<string, string>));
        child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
      });
      return { child, told };
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) {
        if (child.exitCode !== null || !child.connected) continue;
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.disconnect();
        await Promise.race([gone, pause(15_000).then(() => child.kill('SIGKILL'))]);
      }
    },
  };
}
