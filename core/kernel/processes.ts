import { randomUUID } from 'node:crypto';
import type { Log } from '@task-connect/sdk';
import { exportJWK, generateKeyPair } from 'jose';
import type { Database } from '../database/database.ts';
import {
  liveProcesses,
  type ProcessRow,
  processChannel,
  removeProcess,
  removeStale,
  type ServedPlugin,
  saveProcess,
} from './process-table.ts';

// Which processes there are, what each serves, and how it proves who it is: a key pair made at its start, whose public
// half stands in its row. It promises that a process that ended is gone from the picture at once, and one that was
// killed within 15 seconds. While the database is away the last picture holds.

export type Processes = {
  readonly id: string;
  readonly signingKey: CryptoKey;
  /** Those that run now, this one included, as last read. */
  live(): readonly ProcessRow[];
  /** Reads them anew. */
  refresh(): Promise<void>;
  /** Says what this process serves; the others hear of it when it differs from before. */
  report(plugins: Record<string, ServedPlugin>): Promise<void>;
  /** Tells of every reading that differs from the one before. */
  onChange(heard: () => void): void;
  /** Resolves when it is so, or false after so long. */
  until(isSo: () => boolean, milliseconds: number): Promise<boolean>;
  /** Nobody calls this process any more; it is known, with its key, until it is disposed of. */
  leave(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const beatMilliseconds = 3000;

export async function makeProcesses(needs: {
  database: Database;
  internalUrl: string | undefined;
  role: ProcessRow['role'];
  version: string;
  log: Log;
}): Promise<Processes> {
  const { database, log } = needs;
  const id = randomUUID();
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = JSON.stringify(await exportJWK(publicKey));
  const listeners = new Set<() => void>();
  let rows: readonly ProcessRow[] = [];
  let picture = '';
  let served = '{}';
  let ended = false;
  let left = false;
  let beat: Promise<unknown> = Promise.resolve();

  async function refresh(): Promise<void> {
    rows = await database.query(liveProcesses, []);
    const now = JSON.stringify(rows);
    if (now === picture) return;
    picture = now;
    for (const heard of listeners) heard();
  }
  const save = () =>
    database.query(saveProcess, [
      id,
      left ? null : (needs.internalUrl ?? null),
      needs.role,
      needs.version,
      served,
      jwk,
    ]);
  const quietly = (work: Promise<unknown>) =>
    work.catch((error) => log.debug({ err: error }, 'The table of processes cannot be reached'));

  await save();
  await refresh();
  const listening = await database.listen(processChannel, () => void (ended || quietly(refresh())), {
    regained: () => void (ended || quietly(refresh())),
  });
  await database.notify(processChannel, id);
  const timer = setInterval(() => {
    beat = quietly(
      save()
        .then(() => database.query(removeStale, []))
        .then(refresh),
    );
  }, beatMilliseconds);
  timer.unref();

  return {
    id,
    signingKey: privateKey,
    live: () => rows,
    refresh,
    async report(plugins) {
      const now = JSON.stringify(plugins);
      if (now === served || ended) return;
      served = now;
      await quietly(save().then(() => database.notify(processChannel, id)));
    },
    async leave() {
      left = true;
      await quietly(save().then(() => database.notify(processChannel, id)));
    },
    onChange: (heard) => void listeners.add(heard),
    async until(isSo, milliseconds) {
      if (isSo()) return true;
      const done = Promise.withResolvers<boolean>();
      const look = () => isSo() && done.resolve(true);
      listeners.add(look);
      const late = setTimeout(done.resolve, milliseconds, false);
      try {
        return await done.promise;
      } finally {
        clearTimeout(late);
        listeners.delete(look);
      }
    },
    async [Symbol.asyncDispose]() {
      if (ended) return;
      ended = true;
      clearInterval(timer);
      // One that is under way would write the row again.
      await beat;
      await listening[Symbol.asyncDispose]();
      await quietly(database.query(removeProcess, [id]).then(() => database.notify(processChannel, id)));
    },
  };
}
