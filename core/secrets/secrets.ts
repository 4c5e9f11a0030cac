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
  /** All paths below a folder of the tree (`databases`; '' for all), sorted. */
  list(prefix: string): Promise<string[]>;
  /** The versions that are kept (at least the last ten), oldest first. */
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

/** The store cannot be used as it is; the message says why and what to do. Nothing was changed. */
export class SecretsError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SecretsError';
  }
}

/** The login of this process may not do that. */
export class SecretForbidden extends SecretsError {}

const path = /^[a-z0-9]+([-_][a-z0-9]+)*(\/[a-z0-9]+([-_][a-z0-9]+)*)+$/;

/** Every adapter takes the same paths and values, so that moving from one to another loses none. */
export function checkSecret(given: string, value: SecretValue = {}): void {
  if (!path.test(given) || given.length > 200) {
    throw new SecretsError(
      `${JSON.stringify(given)} is not the path of a secret. Use small letters, digits, - and _ between slashes, such as databases/tasks.`,
    );
  }
  for (const [field, content] of Object.entries(value)) {
    const plain = content === null || ['string', 'boolean'].includes(typeof content) || Number.isFinite(content);
    if (!plain) {
      throw new SecretsError(
        `The field “${field}” of the secret ${given} is neither text, number, true, false nor null. Nothing was written.`,
      );
    }
  }
}
