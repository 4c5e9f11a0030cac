import { randomBytes } from 'node:crypto';
import { link, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

// A file that is there whole or not at all, whatever happens in the middle of writing it.

const temporary = (path: string) => `${path}.${randomBytes(6).toString('hex')}.tmp`;

/** Puts the new content in place of the old in one step; on the disk when it resolves. Mode 0600. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await placeFile(path, content, rename);
}

/** Makes a file that must not be there yet (EEXIST when it is). Mode 0600. */
export async function createFile(path: string, content: string | Uint8Array): Promise<void> {
  await placeFile(path, content, async (from, to) => {
    await link(from, to);
    await rm(from);
  });
}

async function placeFile(
  path: string,
  content: string | Uint8Array,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const draft = temporary(path);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  // Without this the name may still point to the old file after a power cut.
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Removes what writers that were killed left beside the file. Only under a lock, or a living one loses its draft. */
export async function removeDrafts(path: string): Promise<void> {
  const draft = new RegExp(`^${RegExp.escape(basename(path))}\\.[0-9a-f]{12}\\.tmp$`);
  for (const name of await readdir(dirname(path))) {
    if (draft.test(name)) await rm(join(dirname(path), name), { force: true });
  }
}
