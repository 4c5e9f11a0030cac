import { useApi, useApiPages } from '@task-connect/console';
import type { ItemOf } from '../../api/answer.ts';

export type AuditEntry = ItemOf<'GET /api/platform/audit'>;

export type AuditFilter = {
  text?: string | null;
  action?: string | null;
  plugin?: string | null;
  organisation?: string | null;
  actor?: string | null;
  about?: string | null;
  from?: string | null;
};

export const useAudit = (filter: AuditFilter) => useApiPages<AuditEntry>('/api/platform/audit', { query: filter });

/** What one did, and what was done to one’s account. */
export const useOwnHistory = () => useApiPages<AuditEntry>('/api/console/history', { query: { limit: 20 } });

export const useActions = () => useApi<{ items: string[] }>('/api/platform/audit/actions').data?.items ?? [];

type Named = { id: string; title: string };

export const usePluginNames = () => useApi<{ items: Named[] }>('/api/platform/plugins').data?.items ?? [];

export const useOrganisationNames = () =>
  useApi<{ items: { id: string; name: string }[] }>('/api/people/organisations', { query: { limit: 200 } }).data
    ?.items ?? [];
