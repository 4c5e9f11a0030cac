import { useApiPages } from '@task-connect/console';
import type { ItemOf } from '../../api/answer.ts';

export type AuditEntry = ItemOf<'GET /api/platform/audit'>;

export const useAudit = (action: string) => useApiPages<AuditEntry>('/api/platform/audit', { query: { action } });
