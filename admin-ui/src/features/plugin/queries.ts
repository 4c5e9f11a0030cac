import { api, editItems, editOf, useApi, useChange, type Values } from '@task-connect/console';
import type { Answer, ItemOf } from '../../api/answer.ts';

/** As the list has it: how many events it could not handle stands with it. */
export type ListedPlugin = ItemOf<'GET /api/platform/plugins'>;
export type PluginSummary = Omit<ListedPlugin, 'dead'>;
export type PluginDetail = Answer<'GET /api/platform/plugins/{pluginId}'>;
export type PluginDay = Answer<'GET /api/platform/plugins/{pluginId}/history'>['days'][number];
export type MigrationSql = ItemOf<'GET /api/platform/plugins/{pluginId}/migrations'>;
export type LogLine = ItemOf<'GET /api/platform/plugins/{pluginId}/log'>;
export type LogLevel = LogLine['level'];
export type PluginState = PluginSummary['state'];

const list = '/api/platform/plugins';

export const usePlugins = () => useApi<{ items: ListedPlugin[] }>(list, { live: ['plugins-changed'], every: 30_000 });

/** Its queues move, so it is read again every ten seconds while it is looked at. */
export const usePlugin = (id: string | undefined) =>
  useApi<PluginDetail>(id ? `${list}/${id}` : null, { live: ['plugins-changed'], every: 10_000 });

export const useHistory = (id: string) =>
  useApi<Answer<'GET /api/platform/plugins/{pluginId}/history'>>(`${list}/${id}/history`, {
    live: ['plugins-changed'],
  });

export const useMigrations = (id: string) =>
  useApi<{ items: MigrationSql[] }>(`${list}/${id}/migrations`, { live: ['plugins-changed'] });

export const useLog = (id: string, level: LogLevel) =>
  useApi<Answer<'GET /api/platform/plugins/{pluginId}/log'>>(`${list}/${id}/log`, { query: { level }, every: 5000 });

type Switch = { id: string; to: 'enable' | 'disable' };

/** Enables or disables; a plugin that fails to start is an answer, with its reason. */
export const useSwitchPlugin = () =>
  useChange({
    send: ({ id, to }: Switch) => api.post<PluginSummary>(`${list}/${id}/${to}`),
    edits: ({ id, to }) => {
      const state: PluginState = to === 'enable' ? 'enabling' : 'disabling';
      return [
        editItems<PluginSummary>(list, (plugins) => plugins.map((one) => (one.id === id ? { ...one, state } : one))),
        editOf<PluginDetail>(`${list}/${id}`, (plugin) => ({ ...plugin, state, reason: null })),
      ];
    },
    refreshes: [list, '/api/me', '/health'],
  });

type NewSettings = {
  values: Values /** The one that was read; without it whatever is there is overwritten. */;
  version?: number;
};

export const useSaveSettings = (id: string) =>
  useChange({
    send: ({ values, version }: NewSettings) =>
      api.put<{ values: Values; version: number }>(
        `${list}/${id}/settings`,
        { values },
        version === undefined ? {} : { version },
      ),
    refreshes: [`${list}/${id}`],
  });
