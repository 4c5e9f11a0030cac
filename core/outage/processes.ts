import { type ChildProcess, fork } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeEnvironment, nodeFlags } from '../node-flags.mjs';

// The processes of the platform that the outages are about: ledgers of the crash test, with real servers behind them.

export type Ledgers = {
  bases: string[];
  token: string;
  /** Why a process is gone, if one is: an outage must never end one. */
  gone(): string | undefined;
  [Symbol.asyncDispose](): Promise<void>;
};

const heard = (child: ChildProcess, key: string) =>
  new Promise<never>((resolve, reject) => {
    child.on('message', (message) => key in (message as object) && resolve((message as Record<string, never>)[key]!));
    child.once('exit', (code, signal) =>
      reject(new Error(`A process ended with ${code ?? signal} before its ${key}.`)),
    );
  });

/** Starts `count` processes one after the other, so that the first one makes the databases. */
export async function startLedgers(env: Record<string, string>, count: number, logFile: string): Promise<Ledgers> {
  const log = openSync(logFile, 'a');
  const children: ChildProcess[] = [];
  const bases: string[] = [];
  let gone: string | undefined;
  let ending = false;
  for (let i = 0; i < count; i += 1) {
    const child = fork(fileURLToPath(new URL('../e2e/ledger.child.ts', import.meta.url)), {
      execArgv: nodeFlags as string[],
      env: { ...nodeEnvironment, ...process.env, ...env },
      stdio: ['ignore', log, log, 'ipc'],
    });
    children.push(child);
    child.once('exit', (code, signal) => {
      if (!ending) gone = `process ${i + 1} ended with ${code ?? signal}; see ${logFile}`;
    });
    bases.push(`http://127.0.0.1:${await heard(child, 'port')}`);
  }
  children[0]!.send('token');
  const token: string = await heard(children[0]!, 'token');
  return {
    bases,
    token,
    gone: () => gone,
    async [Symbol.asyncDispose]() {
      ending = true;
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const exit = new Promise((resolve) => child.once('exit', resolve));
          child.kill('SIGKILL');
          await exit;
        }),
      );
    },
  };
}
