import {
  api,
  editItems,
  editOf,
  type Hue,
  type JsonSchema,
  useApi,
  useChange,
  type Values,
} from '@task-connect/console';

export type PluginState = 'off' | 'enabling' | 'on' | 'disabling' | 'failed';

export type PluginSummary = {
  id: string;
  title: string;
  description: string;
  version: string;
  hue: Hue | null;
  icon: string | null;
  builtIn: boolean;
  wanted: boolean;
  state: PluginState;
  reason: string | null;
  since: string | null;
};

export type PluginDetail = PluginSummary & {
  database: { name: string; sizeBytes: number } | null;
  uses: { service: string; optional: boolean; offeredBy: string | null }[];
  routes: { method: string; path: string; summary: string; permission: string | null }[];
  permissions: { name: string; title: string; role: string }[];
  publishes: { type: string; version: number }[];
  handles: { type: string; version: number; queue: string; handlers: string[] }[];
  queues: { queue: string; waiting: number; oldestSeconds: number | null; dead: number }[];
  jobs: PluginJob[];
  migrations: { name: string; phase: string; appliedAt: string | null }[];
  settings: { schema: JsonSchema; values: Values; defaults: Values } | null;
  /** What disabling it does now, as sentences. */
  consequences: string[];
};

export type PluginJob = {
  name: string;
  title: string;
  cron: string;
  zone: string;
  late: string;
  nextAt: string | null;
  lastAt: string | null;
  lastState: string | null;
};

const list = '/api/platform/plugins';

export const usePlugins = () => useApi<{ items: PluginSummary[] }>(list, { live: ['plugins-changed'] });

/** Its queues move, so it is read again every ten seconds while it is looked at. */
export const usePlugin = (id: string | undefined) =>
  useApi<PluginDetail>(id ? `${list}/${id}` : null, { live: ['plugins-changed'], every: 10_000 });

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

export const useSaveSettings = (id: string) =>
  useChange({
    send: (values: Values) =>
      api.put<{ values: Values }>(`${list}/${id}/settings`, { values }).then((saved) => saved ?? { values }),
    refreshes: [`${list}/${id}`],
  });
