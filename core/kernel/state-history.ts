import { type Clock, type Log, statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { PluginPhase } from './registry.ts';

// When a plugin was on, off or failed: a row for each change, kept for 40 days. Every process tells of what it serves, and
// what the last row says already is not written again.

export type StateChange = { plugin: string; at: string; state: 'on' | 'off' | 'failed'; reason: string | null };

// What is old goes with a new row, but for the newest of the old ones: that one says what held since.
const add = statement<[plugin: string, at: string, state: string, reason: string | null, old: string], never>(
  'plugin-change.add',
  `with gone as (delete from plugin_change c where c.plugin = $1 and c.at < $5
     and exists (select from plugin_change n where n.plugin = $1 and n.id > c.id and n.at < $5))
   insert into plugin_change (plugin, at, state, reason)
   select $1, $2, $3, $4 where $3 is distinct from (select state from plugin_change where plugin = $1 order by id desc limit 1)`,
);
const since = statement<[plugin: string, since: string], StateChange>(
  'plugin-change.since',
  `select plugin, at, state, reason from plugin_change where plugin = $1 and (at >= $2 or id =
     (select max(id) from plugin_change where plugin = $1 and at < $2)) order by id`,
);

const keptFor = { hours: 24 * 40 };

export type StateHistory = ReturnType<typeof makeStateHistory>;

/** `since` is when it came to this state: it is written a moment later. */
type Told = { id: string; state: PluginPhase; reason: string | null; since: string | null };

export function makeStateHistory(needs: { database: Database; clock: Clock; log: Log }) {
  const { database, clock, log } = needs;
  const last = new Map<string, PluginPhase>();

  return {
    /** Writes what differs from the last time; a database that is away costs a row of history and nothing else. */
    async record(plugins: readonly Told[]): Promise<void> {
      for (const { id, state, reason, since: at } of plugins) {
        if (state === 'enabling' || state === 'disabling' || last.get(id) === state) continue;
        // One that was never on is not off since the process began.
        if (state === 'off' && !last.has(id)) continue;
        try {
          const now = clock.now();
          await database.query(add, [id, at ?? now.toString(), state, reason, now.subtract(keptFor).toString()]);
          last.set(id, state);
        } catch (error) {
          log.debug({ plugin: id, err: error }, 'A change of a plugin’s state could not be written down');
        }
      }
    },
    /** In order, with the one that held before. */
    since: (plugin: string, from: Temporal.Instant) => database.query(since, [plugin, from.toString()]),
  };
}
