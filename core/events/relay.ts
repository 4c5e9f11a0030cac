import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { Bus } from './bus.ts';
import { makeDepartures } from './departures.ts';
import { type TakenHint, takeOutbox } from './outbox.ts';
import { makePump, type Pump } from './pump.ts';

// Carries a database's outbox to the bus, in order. It promises at least once: killed between the bus and the delete,
// it carries again, and the consumer's inbox knows the event.

const batch = 500;

export function makeRelay(needs: {
  plugin: string;
  database: Database;
  bus: Bus;
  showLive: (hints: readonly TakenHint[]) => Promise<void>;
  clock: Clock;
  log: Log;
}): Pump {
  const departures = makeDepartures();
  return makePump({
    name: `relay of ${needs.plugin}`,
    log: needs.log,
    async work() {
      // A broker that is away for long costs neither transactions nor lines in the log.
      if (!needs.bus.accepts()) return false;
      return needs.database.transaction(async (tx) => {
        const taken = await takeOutbox(tx, needs.plugin, batch);
        if (taken.count === 0) return false;
        await needs.bus.publish(taken.events);
        await needs.showLive(taken.hints);
        await taken.forward(needs.clock.now().toString());
        await departures.left(tx, taken.events.length);
        return taken.count === batch;
      });
    },
  });
}
