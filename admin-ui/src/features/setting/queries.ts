import { api, useApi, useChange, type Values } from '@task-connect/console';
import type { Answer } from '../../api/answer.ts';

export type AllSettings = Answer<'GET /api/platform/settings'>;
export type Setting = AllSettings['groups'][number]['settings'][number];

const path = '/api/platform/settings';

export const useSettings = () => useApi<AllSettings>(path, { live: ['settings-changed'] });

/** Changes those that are given; null takes a change back. */
export const useSaveSettings = () =>
  useChange({ send: (values: Values) => api.patch<AllSettings>(path, { values }), refreshes: [path] });
