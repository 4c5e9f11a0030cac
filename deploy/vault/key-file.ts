import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

// What opens Vault, in one file of its own: 0600, written whole or not at all.

/** `rootToken` is there from the initialisation until the first run has come to its end. */
export type Keys = { unsealKey: string; rootToken?: string; setUp?: { roleId: string; secretId: string } };

export const readKeys = (path: string): Keys | undefined =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Keys) : undefined;

export const writeKeys = (path: string, keys: Keys): void => writePrivate(path, `${JSON.stringify(keys)}\n`);

/** Throws where the key could not be kept: asked before there is one to lose. */
export function mustBeWritable(path: string): void {
  writePrivate(`${path}.trial`, 'kept?\n');
  unlinkSync(`${path}.trial`);
}

export function writePrivate(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.draft`;
  const file = openSync(draft, 'w', 0o600);
  try {
    chmodSync(draft, 0o600);
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
