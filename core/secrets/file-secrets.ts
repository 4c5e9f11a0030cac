import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@task-connect/sdk';
import { removeDrafts, replaceFile } from '../disk/atomic-file.ts';
import { LockTaken, withFileLock } from '../disk/file-lock.ts';
import { findMasterKey } from './master-key.ts';
import { type SealedVersion, type SecretTree, seal, unseal } from './sealed-file.ts';
import { checkSecret, SecretChanged, type SecretStore, SecretsError } from './secrets.ts';

// Secrets in one encrypted file of the data folder. The server, the command line and other processes use it at the
// same time: every read sees the newest file, every change is made to it under a lock.

const kept = 10;
const patienceMs = 10_000;

/**
 * Opens the secrets of a data folder, and makes the key when there is neither key nor secrets. Throws SecretsError when
 * they cannot be read as they are; nothing is written then.
 */
export async function openFileSecrets(needs: {
  folder: string;
  masterKey: string | undefined;
  clock: Clock;
}): Promise<SecretStore> {
  const secretsPath = join(needs.folder, 'secrets.json');
  const lockPath = join(needs.folder, 'secrets.lock');

  const content = () =>
    readFile(secretsPath).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new SecretsError(
        `${secretsPath} cannot be read (${error.code}). Let the user who runs Task Connect own the folder.`,
      );
    });

  async function locked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await withFileLock(lockPath, patienceMs, work);
    } catch (error) {
      if (error instanceof SecretsError || error instanceof SecretChanged) throw error;
      if (error instanceof LockTaken) throw new SecretsError(error.message);
      throw new SecretsError(
        `The secrets in ${needs.folder} cannot be written: ${(error as Error).message}. Give Task Connect the right to write there, and space on the disk.`,
        { cause: error },
      );
    }
  }

  await mkdir(needs.folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new SecretsError(`The folder ${needs.folder} cannot be made (${error.code}). Choose another in TC_DATA.`);
  });
  const key = await locked(async () =>
    findMasterKey({
      given: needs.masterKey,
      keyPath: join(needs.folder, 'master.key'),
      secretsPath,
      secretsExist: (await content()) !== undefined,
    }),
  );

  // The file is small and compared whole: its time and size may be the same after a quick change by another process.
  let last: { sealed: Buffer; tree: SecretTree } | undefined;
  async function tree(): Promise<SecretTree> {
    const sealed = await content();
    if (sealed === undefined) {
      if (!last) return new Map();
      // Going on with an empty tree would let the next write bury the fact that all others are gone.
      throw new SecretsError(`${secretsPath} is gone. Put it back, or stop Task Connect and restore a backup.`);
    }
    if (!last?.sealed.equals(sealed)) last = { sealed, tree: unseal(sealed.toString('utf8'), key, secretsPath) };
    return last.tree;
  }

  const change = (work: (next: SecretTree) => void) =>
    locked(async () => {
      const next = new Map(await tree());
      work(next);
      await removeDrafts(secretsPath);
      await replaceFile(secretsPath, seal(next, key));
    });

  const newest = (versions: readonly SealedVersion[] | undefined) => versions?.at(-1)?.version ?? 0;

  await tree();
  return {
    async read(path, version) {
      checkSecret(path);
      const versions = (await tree()).get(path) ?? [];
      const found = version === undefined ? versions.at(-1) : versions.find((one) => one.version === version);
      return found && { value: { ...found.value }, version: found.version };
    },
    async write(path, value, options) {
      checkSecret(path, value);
      const createdAt = needs.clock.now().toString();
      let version = 0;
      await change((next) => {
        const before = next.get(path) ?? [];
        if (options?.cas !== undefined && options.cas !== newest(before)) throw new SecretChanged(path);
        version = newest(before) + 1;
        next.set(path, [...before, { version, createdAt, value: { ...value } }].slice(-kept));
      });
      return { version };
    },
    async list(prefix) {
      const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
      return [...(await tree()).keys()].filter((path) => path.startsWith(folder)).sort();
    },
    async versions(path) {
      checkSecret(path);
      const versions = (await tree()).get(path) ?? [];
      return versions.map(({ version, createdAt }) => ({
        version,
        createdAt: Temporal.Instant.from(createdAt),
        deleted: false,
      }));
    },
    async delete(path) {
      checkSecret(path);
      await change((next) => void next.delete(path));
    },
    async check() {
      try {
        await tree();
        return { ok: true };
      } catch (error) {
        return { ok: false, reason: (error as Error).message };
      }
    },
  };
}
