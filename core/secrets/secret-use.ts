import type { Clock } from '@task-connect/sdk';
import type { SecretStore } from './secrets.ts';

// Who used which secret last. Promises: noting costs a reader nothing, and says who and when, never what.

export type SecretUse = { path: string; usedBy: string; at: string };

export type SecretUses = {
  /** The same store, whose readings count as uses by `usedBy`. */
  as(store: SecretStore, usedBy: string): SecretStore;
  /** What was noted since this was asked, the newest of each. */
  take(): SecretUse[];
};

export function makeSecretUses({ clock }: { clock: Clock }): SecretUses {
  const noted = new Map<string, SecretUse>();
  const note = (path: string, usedBy: string) =>
    void noted.set(`${usedBy} ${path}`, { path, usedBy, at: clock.now().toString() });
  return {
    as: (store, usedBy) => ({
      ...store,
      async read(path, version) {
        const found = await store.read(path, version);
        if (found) note(path, usedBy);
        return found;
      },
    }),
    take() {
      const taken = [...noted.values()];
      noted.clear();
      return taken;
    },
  };
}
