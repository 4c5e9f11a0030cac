import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandFailed } from './command.ts';

/** The path of a socket has room for 108 bytes, 104 on macOS. */
const longest = 100;

/** Where the platform of a data folder takes commands: in the folder, or, if that path is too long, in one of our own. */
export function controlAddress(data: string): string {
  const path = join(data, 'run', 'control.sock');
  if (Buffer.byteLength(path) <= longest) return path;
  const digest = createHash('sha256').update(data).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `task-connect-${digest}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Everybody may make folders there, so one of that name may be somebody else’s.
  const { uid, mode } = lstatSync(folder);
  if ((process.getuid && uid !== process.getuid()) || (mode & 0o077) !== 0) {
    throw new CommandFailed(`${folder} is open to others. Remove it, or choose a data folder with a shorter path.`);
  }
  return join(folder, 'control.sock');
}
