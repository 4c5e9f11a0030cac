import { randomUUID } from 'node:crypto';
import type { Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { makePump } from './pump.ts';

// Tells the relays of other processes that a plugin has published: where this process has none (it only answers
// requests), or another's holds the turn. It promises that a first event is told at once and later ones together, since
// NOTIFY takes a lock of the whole cluster; the relays' own sweep catches what was told while nobody heard.

const channel = 'tc_relay';
const together = 20;

export type RelayWakes = {
  /** To the other processes, once the commit is certain. */
  tell(plugin: string): void;
  /** From them. */
  hear(plugin: string, wake: () => void): Disposable;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function makeRelayWakes(needs: { database: Database; log: Log }): Promise<RelayWakes> {
  const { database } = needs;
  const here = randomUUID();
  const wakes = new Map<string, Set<() => void>>();
  const untold = new Set<string>();
  let resting: NodeJS.Timeout | undefined;

  const wakeAll = () => {
    for (const each of wakes.values()) for (const wake of each) wake();
  };
  const listening = await database.listen(
    channel,
    (payload) => {
      const [from, ...plugins] = payload.split(' ');
      if (from === here) return;
      for (const plugin of plugins) for (const wake of wakes.get(plugin) ?? []) wake();
    },
    { regained: wakeAll },
  );
  const teller = makePump({
    name: 'tell the other relays',
    log: needs.log,
    sweepMilliseconds: 60_000,
    async work() {
      if (untold.size === 0) return false;
      const plugins = [...untold];
      untold.clear();
      await database.notify(channel, [here, ...plugins].join(' '));
      return false;
    },
  });

  return {
    tell(plugin) {
      untold.add(plugin);
      if (resting) return;
      teller.wake();
      resting = setTimeout(() => {
        resting = undefined;
        if (untold.size > 0) teller.wake();
      }, together);
      resting.unref();
    },
    hear(plugin, wake) {
      const ofPlugin = wakes.get(plugin) ?? new Set();
      wakes.set(plugin, ofPlugin.add(wake));
      return { [Symbol.dispose]: () => void ofPlugin.delete(wake) };
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(resting);
      await teller[Symbol.asyncDispose]();
      await listening[Symbol.asyncDispose]();
    },
  };
}
