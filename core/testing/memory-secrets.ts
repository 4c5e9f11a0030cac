import type { SecretValue } from '@task-connect/sdk';
import { SecretChanged, type SecretStore } from '../secrets/secrets.ts';

/** Secrets in memory, for tests that are about something else. */
export function memorySecrets(): SecretStore {
  const kept = new Map<string, SecretValue[]>();
  return {
    async read(path, version) {
      const versions = kept.get(path) ?? [];
      const at = version ?? versions.length;
      const value = versions[at - 1];
      return value && { value, version: at };
    },
    async write(path, value, options = {}) {
      const versions = kept.get(path) ?? [];
      if (options.cas !== undefined && options.cas !== versions.length) throw new SecretChanged(path);
      kept.set(path, [...versions, structuredClone(value)]);
      return { version: versions.length + 1 };
    },
    async list(prefix) {
      return [...kept.keys()].filter((path) => path.startsWith(prefix)).sort();
    },
    async versions(path) {
      return (kept.get(path) ?? []).map((_, i) => ({
        version: i + 1,
        createdAt: Temporal.Instant.fromEpochMilliseconds(0),
        deleted: false,
      }));
    },
    async delete(path) {
      kept.delete(path);
    },
    async check() {
      return { ok: true };
    },
  };
}
