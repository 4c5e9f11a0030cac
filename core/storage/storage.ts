import type { Storage } from '@task-connect/sdk';

// The port to the store of files that people bring. It promises that a file is there whole or not at all, after a crash
// too, with the content type it came with. It leaves to its callers whose keys they are.

export type FileStore = Storage & {
  /** Whether it can be used now, and if not, why. */
  check(): Promise<{ ok: true } | { ok: false; reason: string }>;
};

export class StorageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
  }
}

/** Keys that every store can keep and every address can name: words between slashes, up to 1024 bytes. */
export function checkKey(key: string): void {
  const words = key.split('/');
  const clean = key.isWellFormed() && !/\p{Cc}/u.test(key) && Buffer.byteLength(key) <= 1024;
  if (clean && words.every((word) => word !== '' && word !== '.' && word !== '..')) return;
  throw new StorageError(
    `${JSON.stringify(key.slice(0, 100))} is not a key. Give words between slashes, such as attachments/7f3a/plan.pdf, up to 1024 bytes.`,
  );
}

/** A content type is sent as a header later, so nothing else may hide in it. */
export function checkContentType(contentType: string): void {
  if (/^[\w.+-]+\/[\w.+-]+(\s*;[\x20-\x7e]*)?$/.test(contentType) && contentType.length <= 200) return;
  throw new StorageError(
    `${JSON.stringify(contentType.slice(0, 100))} is not a content type. Give one like text/plain.`,
  );
}
