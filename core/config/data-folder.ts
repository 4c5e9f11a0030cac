import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../disk/atomic-file.ts';

// The folder that holds everything that must be kept. Its format has a number, so that an older program does not
// write into what a newer one made.

const format = 1;

/** Why the folder cannot be used: one line that says what to do. */
export class DataFolderError extends Error {
  override name = 'DataFolderError';
}

/** Makes the folder when it is missing, and refuses one that cannot be written to or is of a newer version. */
export async function openDataFolder(folder: string): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  try {
    const isNew = !existsSync(folder);
    mkdirSync(folder, { recursive: true, mode: 0o750 });
    // PostgreSQL runs as another user when we are root; it must get through to its own folder below.
    if (isNew && isRoot) chmodSync(folder, 0o711);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    mkdirSync(join(folder, 'run'), { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DataFolderError(
      `The data folder ${folder} cannot be used (${code}): own it, or choose another with TC_DATA.`,
    );
  }
  const file = join(folder, 'task-connect.json');
  if (existsSync(file)) {
    const found = readFormat(file);
    if (found === undefined) {
      throw new DataFolderError(`${file} cannot be read as JSON with a format number: restore it from a backup.`);
    }
    if (found > format) {
      throw new DataFolderError(
        `The data folder ${folder} was written by a newer version (format ${found}; this one knows ${format}). Start that version.`,
      );
    }
    return;
  }
  await replaceFile(file, `${JSON.stringify({ format })}\n`);
}

function readFormat(file: string): number | undefined {
  try {
    const { format: found } = JSON.parse(readFileSync(file, 'utf8')) as { format?: unknown };
    return typeof found === 'number' ? found : undefined;
  } catch {
    return undefined;
  }
}
