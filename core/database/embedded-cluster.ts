import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretValue } from '@task-connect/sdk';
import type { SecretStore } from '../secrets/secrets.ts';
import { as, type Identity, quietEnvironment } from './embedded-binaries.ts';
import { ServerUnavailable } from './server.ts';

// The files of the embedded PostgreSQL: made once, whole or not at all, and looked at before each start.

export const supportedVersion = 18;
// Not below databases/, where a plugin of that name would find it and log in as the superuser.
export const clusterSecret = 'services/embedded-postgres';

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

/** Makes the cluster of a new data folder; refuses one that this version or these secrets cannot open. Its secret. */
export async function openCluster(
  { bin, folder, identity }: { bin: string; folder: string; identity: Identity },
  secrets: SecretStore,
): Promise<SecretValue> {
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    if (existsSync(folder))
      throw new ServerUnavailable(
        `${folder} is there but holds no PostgreSQL: restore it from a backup, or move it away to begin anew.`,
      );
    const password = randomBytes(24).toString('base64url');
    const address = { host: '127.0.0.1', port: 0, database: 'postgres', username: 'postgres', password };
    await secrets.write(clusterSecret, address);
    await initialise(bin, folder, password, identity);
  }
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found !== String(supportedVersion)) {
    throw new ServerUnavailable(
      `${folder} was written by PostgreSQL ${found}; this version of Task Connect carries ${supportedVersion}. Use the version that wrote it.`,
    );
  }
  const secret = await secrets.read(clusterSecret);
  if (!secret)
    throw new ServerUnavailable(
      `The secrets hold no ${clusterSecret}: they belong to another data folder than ${folder}. Restore both from one backup.`,
    );
  return secret.value;
}
