import type { ChildProcess } from 'node:child_process';
import { chownSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { binaries, serverIdentity } from '../database/embedded-binaries.ts';
import { openCluster } from '../database/embedded-cluster.ts';
import { type Place, startPostmaster, stopPostmaster } from '../database/postmaster.ts';
import { memorySecrets } from './memory-secrets.ts';
import { temporaryFolder } from './server.ts';

// A PostgreSQL of a test's own, that it may stop, kill, pause and start again, on one port.

export type RestartableServer = {
  port: number;
  password: string;
  /** As its superuser; with another host or further parameters where they are given. */
  url(options?: { host?: string; parameters?: string }): string;
  /** Its data folder, where files that it reads can be put. */
  write(file: string, text: string, mode?: number): string;
  start(parameters?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Stops all its processes where they are: connections stay open and nothing answers. */
  pause(which: 'all' | 'main'): void;
  resume(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function restartableServer(options: { bin?: string } = {}): Promise<RestartableServer> {
  const dataFolder = temporaryFolder();
  const identity = serverIdentity();
  const place: Place = {
    bin: options.bin ?? binaries(identity),
    dataFolder,
    folder: join(dataFolder, 'postgres'),
    identity,
    connections: 40,
    parameters: {},
  };
  const password = String((await openCluster(place, memorySecrets())).password);
  const port = await freePort();
  let child: ChildProcess | undefined;
  let paused: number[] = [];

  function resume(): void {
    for (const pid of paused) signal(pid, 'SIGCONT');
    paused = [];
  }

  return {
    port,
    password,
    url: ({ host = '127.0.0.1', parameters = '' } = {}) =>
      `postgres://postgres:${password}@${host}:${port}/postgres${parameters}`,
    write(file, text, mode = 0o600) {
      const path = join(place.folder, file);
      writeFileSync(path, text, { mode });
      if (identity.uid !== undefined) chownSync(path, identity.uid, identity.gid!);
      return path;
    },
    async start(parameters = {}) {
      child = await startPostmaster({ ...place, parameters }, port);
    },
    async stop() {
      if (child) await stopPostmaster(child);
    },
    async kill() {
      const gone = new Promise((resolve) => child!.once('exit', resolve));
      child!.kill('SIGKILL');
      await gone;
    },
    pause(which) {
      const main = child!.pid!;
      paused = which === 'main' ? [main] : [main, ...childrenOf(main)];
      for (const pid of paused) signal(pid, 'SIGSTOP');
    },
    resume,
    async [Symbol.asyncDispose]() {
      resume();
      if (child) await stopPostmaster(child);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** One may have ended meanwhile. */
function signal(pid: number, which: NodeJS.Signals): void {
  try {
    process.kill(pid, which);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function childrenOf(pid: number): number[] {
  const parentOf = (each: string) => {
    try {
      return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${each}/stat`, 'utf8'))?.[1]);
    } catch {
      return undefined;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
