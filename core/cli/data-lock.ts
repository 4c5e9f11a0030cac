import { existsSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDataFolder } from '../config/data-folder.ts';
import { replaceFile } from '../disk/atomic-file.ts';
import { LockTaken, withFileLock } from '../disk/file-lock.ts';
import { CommandFailed } from './command.ts';

// A data folder belongs to one process at a time. The lock is one of the operating system and goes with its holder,
// kill -9 included; run/platform.json beside it only says who that is, and may be left over from one that was killed.

export type Holder = {
  pid: number;
  command: string;
  /** Where it serves, once it does. */
  address?: string;
  /** Where it takes commands, once it does. */
  socket?: string;
};

/** Another process holds the folder. */
export class FolderTaken extends Error {
  override name = 'FolderTaken';
}

const holderFile = (data: string) => join(data, 'run', 'platform.json');

export function readHolder(data: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(holderFile(data), 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Runs the work while no other process works with the folder. A command is waited for, a platform that serves is not. */
export async function holdDataFolder<T>(
  data: string,
  command: string,
  work: (tell: (more: Partial<Holder>) => Promise<void>) => Promise<T>,
): Promise<T> {
  return untilOurTurn(data, async () => {
    const outcome = await tryToHold(data, command, work);
    const holder = outcome ? undefined : readHolder(data);
    if (holder?.socket && isAlive(holder.pid)) throw new FolderTaken(serving(data, holder));
    return outcome;
  }).then(({ result }) => result);
}

/** Tries until it comes to something, for as long as another process may reasonably take. */
export async function untilOurTurn<T extends object>(data: string, attempt: () => Promise<T | undefined>): Promise<T> {
  const giveUpAt = performance.now() + 15_000;
  for (;;) {
    const outcome = await attempt();
    if (outcome) return outcome;
    if (performance.now() > giveUpAt) throw new FolderTaken(busy(data, readHolder(data)));
    await pause(50);
  }
}

/** Undefined when another process holds the folder. */
export async function tryToHold<T>(
  data: string,
  command: string,
  work: (tell: (more: Partial<Holder>) => Promise<void>) => Promise<T>,
): Promise<{ result: T } | undefined> {
  await openOwnFolder(data);
  let held = false;
  try {
    return await withFileLock(join(data, 'run', 'platform.lock'), 0, async () => {
      held = true;
      let holder: Holder = { pid: process.pid, command };
      const tell = async (more: Partial<Holder>) => {
        holder = { ...holder, ...more };
        await replaceFile(holderFile(data), `${JSON.stringify(holder)}\n`);
      };
      await tell({});
      try {
        return { result: await work(tell) };
      } finally {
        await rm(holderFile(data), { force: true });
      }
    });
  } catch (error) {
    if (!held && error instanceof LockTaken) return undefined;
    throw error;
  }
}

/** Makes the folder, or throws where it is of no use to whoever calls. */
export async function openOwnFolder(data: string): Promise<void> {
  await openDataFolder(data);
  refuseOthersFolder(data);
}

/** Files that root writes into somebody’s folder are out of their reach afterwards. */
function refuseOthersFolder(data: string): void {
  const mark = join(data, 'task-connect.json');
  const me = process.getuid?.();
  if (me === undefined || !existsSync(mark)) return;
  const { uid } = statSync(mark);
  if (uid !== me) {
    throw new CommandFailed(
      `The data folder ${data} belongs to the user ${uid}, and you are ${me}: run it as that user.`,
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const serving = (data: string, { pid, address }: Holder) =>
  `Task Connect runs on ${data} already: process ${pid}, ${address}. Stop that one, or choose another folder with TC_DATA and another port with TC_PORT.`;

const busy = (data: string, holder: Holder | undefined) =>
  `${holder ? `“task-connect ${holder.command}” (process ${holder.pid})` : 'Another process'} uses ${data}. Wait until it is done, or end it.`;
