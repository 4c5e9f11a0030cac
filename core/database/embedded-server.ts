import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SecretStore } from '../secrets/secrets.ts';
import { type DatabaseServer, ServerUnavailable } from './server.ts';

// PostgreSQL from npm's package of binaries, in the data folder. It promises one server per folder, also after kill -9
// of us or of it. It leaves to its caller the lock on the folder: whoever calls owns what is found running there.

const supported = 18;
// Not below databases/, where a plugin of that name would find it and log in as the superuser.
const secretPath = 'services/embedded-postgres';

type Identity = { uid?: number; gid?: number; user: string };

/** PostgreSQL refuses to run as root; then it runs as the user of a packaged PostgreSQL, else as nobody. */
function serverIdentity(): Identity {
  if (process.getuid?.() !== 0) return { user: 'you' };
  const passwd = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = ['postgres:', 'nobody:'].map((name) => passwd.find((entry) => entry.startsWith(name))).find(Boolean);
  const [user, , uid, gid] = (line ?? 'nobody:x:65534:65534').split(':');
  return { uid: Number(uid), gid: Number(gid), user: user! };
}

const as = ({ uid, gid }: Identity) => (uid === undefined ? {} : { uid, gid });
const quietEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });

/** The folder of the binaries, one that the server's user can read. */
function binaries(identity: Identity): string {
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

function mustReach(folder: string, identity: Identity) {
  const seen = spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { ...as(identity), cwd: '/' });
  if (seen.status !== 0) {
    throw new ServerUnavailable(
      `The data folder ${folder} is out of reach for the user ${identity.user}, as whom PostgreSQL runs: choose another with TC_DATA, or open the folders above it (chmod o+x).`,
    );
  }
}

async function run(command: string, args: string[], options: object): Promise<void> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new ServerUnavailable(`${command} ended with ${code}: ${output.trim().slice(-600)}`);
}

/** Makes the cluster in a folder beside its place and renames it, so that a half-made one is never found. */
async function initialise(bin: string, folder: string, password: string, identity: Identity) {
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const passwordFile = `${fresh}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity.uid !== undefined) {
    chownSync(fresh, identity.uid, identity.gid!);
    chownSync(passwordFile, identity.uid, identity.gid!);
  }
  try {
    await run(
      join(bin, 'bin', 'initdb'),
      [
        '-D',
        fresh,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--data-checksums',
      ],
      { ...as(identity), env: quietEnvironment(), cwd: '/' },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, folder);
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
};

/** A postmaster that still runs on the folder: ours was killed, it was not. Its number alone would be no proof. */
function orphan(folder: string): number | undefined {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  const command = existsSync(`/proc/${pid}/cmdline`)
    ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    : spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  if (command.includes('postgres') && command.includes(folder)) return pid;
  rmSync(file, { force: true });
  return undefined;
}

async function until(what: () => boolean, seconds: number): Promise<boolean> {
  for (let waited = 0; waited < seconds * 1000; waited += 20) {
    if (what()) return true;
    await pause(20);
  }
  return what();
}

/** The port of last time, so that no secret changes with a start; another when somebody else has taken it. */
async function freePort(before: number): Promise<number> {
  const server = createServer();
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  await listen(before).catch(() => listen(0));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const postmasterIs = (folder: string, state: string) => {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === state;
  } catch {
    return false;
  }
};

/** Starts the server of a data folder; an orphan of an earlier life is ended first. */
export async function embeddedServer(needs: {
  dataFolder: string;
  secrets: SecretStore;
  connections: number;
}): Promise<DatabaseServer> {
  const identity = serverIdentity();
  const folder = join(needs.dataFolder, 'postgres');
  mustReach(needs.dataFolder, identity);
  const bin = binaries(identity);
  let secret = await needs.secrets.read(secretPath);
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    if (existsSync(folder))
      throw new ServerUnavailable(
        `${folder} is there but holds no PostgreSQL: restore it from a backup, or move it away to begin anew.`,
      );
    const password = randomBytes(24).toString('base64url');
    await needs.secrets.write(secretPath, {
      host: '127.0.0.1',
      port: 0,
      database: 'postgres',
      username: 'postgres',
      password,
    });
    secret = await needs.secrets.read(secretPath);
    await initialise(bin, folder, password, identity);
  }
  const found = Number(readFileSync(join(folder, 'PG_VERSION'), 'utf8'));
  if (found !== supported) {
    throw new ServerUnavailable(
      `${folder} was written by PostgreSQL ${found}; this version of Task Connect carries ${supported}. Use the version that wrote it.`,
    );
  }
  if (!secret)
    throw new ServerUnavailable(
      `The secrets hold no ${secretPath}: they belong to another data folder than ${folder}. Restore both from one backup.`,
    );
  const left = orphan(folder);
  if (left !== undefined) {
    process.kill(left, 'SIGINT');
    if (!(await until(() => !isAlive(left), 30)))
      throw new ServerUnavailable(
        `A PostgreSQL of an earlier start (process ${left}) does not end; end it and start again.`,
      );
  }
  const port = await freePort(Number(secret.value.port));
  if (port !== secret.value.port) await needs.secrets.write(secretPath, { ...secret.value, port });
  const child = launch(bin, folder, port, needs, identity);
  let exited: string | undefined;
  child.once('exit', (code, signal) => {
    exited = `${code ?? signal}`;
  });
  const ready = await until(() => exited !== undefined || postmasterIs(folder, 'ready'), 60);
  if (exited !== undefined || !ready) {
    throw new ServerUnavailable(
      `PostgreSQL did not start (${exited ?? 'no answer within a minute'}); the reason is at the end of ${logFile(needs.dataFolder)}.`,
    );
  }
  child.unref();
  // However this process ends, by an error or at the second Ctrl-C: it leaves no server behind.
  const quit = () => child.kill('SIGQUIT');
  process.once('exit', quit);
  return {
    kind: 'embedded',
    version: supported,
    admin: { host: '127.0.0.1', port, database: 'postgres', user: 'postgres', password: String(secret.value.password) },
    stop: () => stop(child).finally(() => process.off('exit', quit)),
  };
}

const logFile = (dataFolder: string) => join(dataFolder, 'log', 'postgres.log');

function launch(
  bin: string,
  folder: string,
  port: number,
  needs: { dataFolder: string; connections: number },
  identity: Identity,
): ChildProcess {
  const file = logFile(needs.dataFolder);
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.1`);
  const log = openSync(file, 'a', 0o640);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: Math.max(60, needs.connections * 2 + 20),
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %d ',
    // A client that is gone should not keep its locks for the two hours of TCP's own keep-alive.
    tcp_keepalives_idle: 30,
    client_connection_check_interval: '5s',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // In a session of its own: Ctrl-C in the terminal is for us, who still need the database to end in good order.
  const child = spawn(join(bin, 'bin', 'postgres'), ['-D', folder, '-p', String(port), ...args], {
    ...as(identity),
    env: quietEnvironment(),
    cwd: '/',
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  return child;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.ref();
    child.once('exit', () => resolve());
    child.kill('SIGINT');
  });
}
