import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { as, type Identity, quietEnvironment } from './embedded-binaries.ts';
import { ServerUnavailable } from './server.ts';

// The process of the embedded PostgreSQL: started, found again, and stopped.

export type Place = {
  bin: string;
  dataFolder: string;
  folder: string;
  identity: Identity;
  connections: number;
  /** Parameters of PostgreSQL besides ours. */
  parameters: Readonly<Record<string, string>>;
};

/** What it wrote to its log when it ended at once. */
class Ended extends Error {}

const logFile = (dataFolder: string) => join(dataFolder, 'log', 'postgres.log');
const pidFile = (folder: string) => join(folder, 'postmaster.pid');

function pidLines(folder: string): string[] {
  try {
    return readFileSync(pidFile(folder), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** A postmaster that runs on the folder. The number in its file alone would be no proof: it may be another's by now. */
export function runningPostmaster(folder: string): number | undefined {
  const pid = Number(pidLines(folder)[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  const words = commandOf(pid);
  const at = words.indexOf('-D');
  return /(^|\/)postgres$/.test(words[0] ?? '') && words[at + 1] === folder ? pid : undefined;
}

function commandOf(pid: number): string[] {
  if (existsSync('/proc/self/cmdline')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    } catch {
      return [];
    }
  }
  // Where a word may hold spaces the folder is compared up to the next option.
  const line = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  const [, program = '', folder = ''] = /^(\S*) .*?-D (.*?) -p /.exec(line) ?? [];
  return [program, '-D', folder];
}

/** Ends the one that an earlier process of ours has left, when that was killed. */
export async function endLeftPostmaster(folder: string): Promise<void> {
  const left = runningPostmaster(folder);
  if (left !== undefined) {
    process.kill(left, 'SIGINT');
    if (!(await until(() => runningPostmaster(folder) !== left, 30)))
      throw new ServerUnavailable(
        `A PostgreSQL of an earlier start (process ${left}) does not end; end it and start again.`,
      );
  }
  rmSync(pidFile(folder), { force: true });
}

/** Starts it and waits until it takes connections; for a while also until what a killed one left has let go. */
export async function startPostmaster(place: Place, port: number): Promise<ChildProcess> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(place, port);
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      // Busy backends of one that was killed outlive it until their statement ends.
      const willPass = /pre-existing shared memory block/.test(error.message);
      if (!willPass || tries === 60) {
        const [reason = 'it said nothing'] = /(?<=(FATAL|PANIC): +).*/.exec(error.message) ?? [];
        throw new ServerUnavailable(`PostgreSQL did not start: ${reason}. More is in ${logFile(place.dataFolder)}.`);
      }
      await pause(500);
    }
  }
}

async function startOnce(place: Place, port: number): Promise<ChildProcess> {
  const file = logFile(place.dataFolder);
  const { child, logFrom } = launch(place, port);
  let ended = false;
  for (const event of ['exit', 'error'])
    child.once(event, () => {
      ended = true;
    });
  const isReady = () => {
    const lines = pidLines(place.folder);
    return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready';
  };
  const ready = await until(() => ended || isReady(), 60);
  if (ended) throw new Ended(readFileSync(file).subarray(logFrom).toString('utf8'));
  if (!ready) {
    child.kill('SIGQUIT');
    throw new ServerUnavailable(`PostgreSQL does not answer within a minute; the reason is at the end of ${file}.`);
  }
  return child;
}

async function until(what: () => boolean, seconds: number): Promise<boolean> {
  for (let waited = 0; waited < seconds * 1000; waited += 20) {
    if (what()) return true;
    await pause(20);
  }
  return what();
}

function launch(place: Place, port: number): { child: ChildProcess; logFrom: number } {
  const file = logFile(place.dataFolder);
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.1`);
  const log = openSync(file, 'a', 0o640);
  const logFrom = statSync(file).size;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: Math.max(60, place.connections * 2 + 20),
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %d ',
    // A client that is gone should not keep its locks for the two hours of TCP's own keep-alive.
    tcp_keepalives_idle: 30,
    client_connection_check_interval: '5s',
    ...place.parameters,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // In a session of its own: Ctrl-C in the terminal is for us, who still need the database to end in good order.
  const child = spawn(join(place.bin, 'bin', 'postgres'), ['-D', place.folder, '-p', String(port), ...args], {
    ...as(place.identity),
    env: quietEnvironment(),
    cwd: '/',
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  return { child, logFrom };
}

/** In good order: it finishes what runs, and writes everything down. */
export function stopPostmaster(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.ref();
    child.once('exit', () => resolve());
    child.kill('SIGINT');
  });
}
