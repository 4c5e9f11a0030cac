import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from '../testing/server.ts';
import { root } from './root.ts';
import type { Ready } from './run-platform.ts';

// The command line as tests call it: real processes in folders of their own, with no setting of the caller's.

export type Place = { data: string; port: number; env: Record<string, string> };
export type Outcome = { code: number | null; stdout: string; stderr: string };
export type Running = { child: ChildProcess; ready: Ready; exit: Promise<number | null> };

const children = new Set<ChildProcess>();
const folders = new Set<string>();
const cli = join(root, 'core', 'cli', 'cli.ts');
const bootstrap = join(root, 'core', 'bootstrap.mjs');

after(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) {
    const postmaster = postmasterOf(join(folder, 'data'));
    if (postmaster !== undefined && !isGone(postmaster)) process.kill(postmaster, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A data folder that is not there yet, and a port that nobody has. */
export async function newPlace(env: Record<string, string> = {}): Promise<Place> {
  const folder = temporaryFolder();
  folders.add(folder);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  const data = join(folder, 'data');
  return { data, port, env: { TC_DATA: data, TC_PORT: String(port), ...env } };
}

function begin(words: string[], env: Record<string, string>, command = cli): ChildProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', command, ...words], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'task-connect', 'compile'),
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Runs a command to its end. */
export async function taskConnect(place: Pick<Place, 'env'>, words: string[], input = ''): Promise<Outcome> {
  const child = begin(words, place.env);
  child.stdin!.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** The result of a command that has to succeed. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads the result as it is and asserts on what it finds
export async function resultOf(place: Pick<Place, 'env'>, ...words: string[]): Promise<any> {
  const { code, stdout, stderr } = await taskConnect(place, [...words, '--json']);
  if (code !== 0) throw new Error(`“${words.join(' ')}” ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Starts the platform and waits until it says that it is ready. */
export async function startIn(place: Place, by: 'cli' | 'bootstrap' = 'cli'): Promise<Running> {
  const child = begin(['start', '--json'], place.env, by === 'cli' ? cli : bootstrap);
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  let errors = '';
  child.stderr!.on('data', (chunk) => {
    errors += chunk;
  });
  const line = new Promise<string>((resolve) => {
    let said = '';
    child.stdout!.on('data', (chunk) => {
      said += chunk;
      if (said.includes('\n')) resolve(said);
    });
  });
  const ended = exit.then((code) => Promise.reject(new Error(`The start ended with ${code}: ${errors}`)));
  return { child, exit, ready: JSON.parse(await Promise.race([line, ended])) as Ready };
}

export const holderOf = (place: Place): { pid: number } =>
  JSON.parse(readFileSync(join(place.data, 'run', 'platform.json'), 'utf8'));

/** The process of PostgreSQL in a data folder. */
export function postmasterOf(data: string): number | undefined {
  const file = join(data, 'postgres', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

/** Whether a process has ended; one that nobody has fetched yet counts as ended. */
export function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return existsSync('/proc') && readFileSync(`/proc/${pid}/cmdline`, 'utf8') === '';
  } catch {
    return true;
  }
}

/** Waits for what another process does; the test's own time limit ends it. */
export async function until(what: () => boolean): Promise<void> {
  while (!what()) await pause(20);
}
