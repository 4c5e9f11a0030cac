import { createHash } from 'node:crypto';
import { access, constants, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../disk/atomic-file.ts';
import { checkContentType, checkKey, type FileStore, StorageError } from './storage.ts';

// A file of ours is one line of JSON (key, content type, size) and then the bytes, so that both are replaced in one
// step. Its name is the hash of its key: no disk confuses A with a, finds `con` special, or a key too long.

type Head = { key: string; contentType: string; size: number };

/** Files in a folder of this machine's disk. */
export function makeFolderStorage(needs: { folder: string }): FileStore {
  const { folder } = needs;
  const pathOf = (key: string) => {
    const hash = createHash('sha256').update(key).digest('hex');
    return join(folder, hash.slice(0, 2), hash.slice(2));
  };

  return {
    async put(key, body, contentType) {
      checkKey(key);
      checkContentType(contentType);
      const head: Head = { key, contentType, size: body.byteLength };
      // The copy is made at once: the caller may use its bytes again while the disk is waited for.
      const content = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
      const path = pathOf(key);
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await replaceFile(path, content);
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? String(error);
        throw new StorageError(
          `The file could not be kept in ${folder} (${reason}). Nothing was changed. Give Task Connect the right to write there, and space.`,
          { cause: error },
        );
      }
    },
    async get(key) {
      checkKey(key);
      const path = pathOf(key);
      const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw new StorageError(`The file ${path} cannot be read (${error.code}).`, { cause: error });
      });
      if (!content) return undefined;
      const end = content.indexOf('\n');
      const head = headIn(content.subarray(0, Math.max(end, 0)).toString('utf8'));
      const body = content.subarray(end + 1);
      if (head?.key !== key || head.size !== body.byteLength) {
        throw new StorageError(`The file ${path} is damaged. Put back a copy from a backup.`);
      }
      return { body: new Uint8Array(body), contentType: head.contentType };
    },
    async delete(key) {
      checkKey(key);
      await rm(pathOf(key), { force: true });
    },
    async check() {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await access(folder, constants.W_OK);
        return { ok: true };
      } catch (error) {
        return { ok: false, reason: `Files cannot be kept in ${folder} (${(error as NodeJS.ErrnoException).code}).` };
      }
    },
  };
}

function headIn(line: string): Head | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
