import { type Clock, statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';

// What an operator wants to be on, and the settings of plugins: in the platform's database, the same for all processes.

export type Wanted = { id: string; wanted: boolean; generation: number; changedAt: string };

const list = statement<[], Wanted>(
  'plugin.wanted',
  'select id, wanted, generation, changed_at as "changedAt" from plugin_state',
);
const want = statement<[id: string, wanted: boolean, at: string], { generation: number }>(
  'plugin.want',
  `insert into plugin_state (id, wanted, changed_at) values ($1, $2, $3)
   on conflict (id) do update set wanted = $2, changed_at = $3, generation = plugin_state.generation + 1 returning generation`,
);
const settings = statement<[], { plugin: string; values: Record<string, unknown> }>(
  'plugin.settings',
  'select plugin, values from plugin_setting',
);
const saveSettings = statement<[plugin: string, values: string], never>(
  'plugin.settings.save',
  `insert into plugin_setting (plugin, values) values ($1, $2::jsonb)
   on conflict (plugin) do update set values = $2::jsonb, version = plugin_setting.version + 1`,
);

export const pluginsChannel = 'tc_plugins';

export const pluginState = (database: Database, clock: Clock) => ({
  list: () => database.query(list, []),
  /** Says what is wanted and tells every process. */
  async want(id: string, wanted: boolean): Promise<number> {
    const [row] = await database.query(want, [id, wanted, clock.now().toString()]);
    await database.notify(pluginsChannel, id);
    return row!.generation;
  },
  async settings(): Promise<Map<string, Record<string, unknown>>> {
    return new Map((await database.query(settings, [])).map((row) => [row.plugin, row.values]));
  },
  async saveSettings(plugin: string, values: Record<string, unknown>): Promise<void> {
    await database.query(saveSettings, [plugin, JSON.stringify(values)]);
    await database.notify(pluginsChannel, plugin);
  },
});
