import type { SecretValue } from '@task-connect/sdk';

// The port to the store of secrets. It promises versions, one tree of paths (the same in the file and in Vault KV v2)
// and that a write is there after a crash. It leaves to its callers what the paths are.
// Paths are lower-case words with - or _ between slashes: `databases/tasks`, `certificates/signing-keys`.

export type SecretVersion = { version: number; createdAt: Temporal.Instant; deleted: boolean };

export type SecretStore = {
  /** The newest version, or the one asked for; undefined when there is none. */
  read(path: string, version?: number): Promise<{ value: SecretValue; version: number } | undefined>;
  /**
   * Writes a new version. With `cas` (check and set, as in Vault KV v2) only if that is the newest version now; 0: only
   * if there is none. A mismatch throws SecretChanged.
   */
  write(path: string, value: SecretValue, options?: { cas?: number }): Promise<{ version: number }>;
  /** All paths below a prefix, sorted. */
  list(prefix: string): Promise<string[]>;
  versions(path: string): Promise<SecretVersion[]>;
  /** Removes all versions for good. */
  delete(path: string): Promise<void>;
  /** Whether it can be used now, and if not, why. */
  check(): Promise<{ ok: true } | { ok: false; reason: string }>;
};

export class SecretChanged extends Error {
  constructor(path: string) {
    super(`The secret ${path} was changed by somebody else.`);
    this.name = 'SecretChanged';
  }
}
