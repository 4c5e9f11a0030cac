import { useApiPages } from '@task-connect/console';

export type AuditEntry = {
  id: number;
  at: string;
  actor: string | null;
  actorName: string;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
  address: string | null;
  requestId: string | null;
};

export const useAudit = (action: string) => useApiPages<AuditEntry>('/api/platform/audit', { query: { action } });
