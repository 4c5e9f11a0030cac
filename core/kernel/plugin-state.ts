import { type Clock, statement } from '@task-connect/sdk';
import type { Database, Queries } from '../database/database.ts';

// What an operator wants to be on, and the settings of plugins: in the platform's database, the same for all processes.

export type Wanted = { id: string; wanted: boolean; generation: number; changedAt: string };

/** Written in the same transaction: who ordered it. */
export type Beside = (tx: Queries) => Promise<void>;

const list = statement<[], Wanted>(
  'plugin.wanted',
  'select id, wanted, generation, changed_at as "changedAt" from plugin_state',
);
const want = statement<[id: string, wanted: boolean, at: string], { generation: number }>(
  'plugin.want',
  `insert into plugin_state (id, wanted, changed_at) values ($1, $2, $3)
   on conflict (id) do update set wanted = $2, changed_at = $3, generation = plugin_state.generation + 1 returning generation`,
);
export type SavedValues = { values: Record<string, unknown>; version: number };

const settings = statement<[], SavedValues & { plugin: string }>(
  'plugin.settings',
  'select plugin, values, version from plugin_setting',
);
const saveSettings = statement<[plugin: string, values: string], { version: number }>(
  'plugin.settings.save',
  `insert into plugin_setting (plugin, values) values ($1, $2::jsonb)
   on conflict (plugin) do update set values = $2::jsonb, version = plugin_setting.version + 1 returning version`,
);

export const pluginsChannel = 'tc_plugins';

export const pluginState = (database: Database, clock: Clock) => ({
  list: () => database.query(list, []),
  /** Says what is wanted and tells every process. */
  async want(id: string, wanted: boolean, beside?: Beside): Promise<number> {
    const [row] = await database.transaction(async (tx) => {
      await beside?.(tx);
      return tx.query(want, [id, wanted, clock.now().toString()]);
    });
    await database.notify(pluginsChannel, id);
    return row!.generation;
  },
  async settings(): Promise<Map<string, SavedValues>> {
    return new Map((await database.query(settings, [])).map(({ plugin, ...saved }) => [plugin, saved]));
  },
  /** `beside` is given the version that it has now, and may refuse it. */
  async saveSettings(
    plugin: string,
    values: Record<string, unknown>,
    beside?: (tx: Queries, version: number) => Promise<void>,
  ): Promise<void> {
    await database.transaction(async (tx) => {
      const [saved] = await tx.query(saveSettings, [plugin, JSON.stringify(values)]);
      await beside?.(tx, saved!.version);
    });
    await database.notify(pluginsChannel, plugin);
  },
});
