import { readFile, stat } from 'node:fs/promises';
import { createFile, removeDrafts } from '../disk/atomic-file.ts';
import { type MasterKey, masterKeyFrom, newMasterKey } from './sealed-file.ts';
import { SecretsError } from './secrets.ts';

// Where the key comes from. The worst that can happen is a second key beside a file that only the first one opens, so
// one is made in a single case: there is neither key nor secrets. Call it under the lock of the secrets.

export async function findMasterKey(needs: {
  given: string | undefined;
  keyPath: string;
  secretsPath: string;
  secretsExist: boolean;
}): Promise<MasterKey> {
  const { given, keyPath, secretsPath } = needs;
  if (given !== undefined) {
    const key = masterKeyFrom(given);
    if (key) return key;
    throw new SecretsError('TC_MASTER_KEY is not a key. Give 32 bytes in base64url (43 characters).');
  }
  const found = await stat(keyPath).catch((error) => absent(error, keyPath));
  if (!found && needs.secretsExist) {
    throw new SecretsError(
      `${secretsPath} is there and the key to it is not. Put the file ${keyPath} back, or give the key in TC_MASTER_KEY. No new key is made: it could not open what is there.`,
    );
  }
  if (!found) {
    await removeDrafts(keyPath);
    await createFile(keyPath, `${newMasterKey()}\n`);
  } else if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    throw new SecretsError(`Others may read the key in ${keyPath}. Run: chmod 600 ${quoted(keyPath)}`);
  }
  const text = await readFile(keyPath, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SecretsError(`${keyPath} cannot be read (${error.code}). Let the user who runs Task Connect own it.`);
  });
  const key = masterKeyFrom(text.trim());
  if (key) return key;
  throw new SecretsError(
    `${keyPath} holds no key. Put back a copy from a backup${needs.secretsExist ? '' : ', or remove the file: there are no secrets yet, so a new one is made'}.`,
  );
}

function absent(error: NodeJS.ErrnoException, path: string): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw new SecretsError(`${path} cannot be read (${error.code}). Let the user who runs Task Connect own its folder.`);
}

const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
