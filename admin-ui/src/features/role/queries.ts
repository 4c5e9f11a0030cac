import { useApi } from '@task-connect/console';
import type { Answer } from '../../api/answer.ts';

export type RoleMatrix = Answer<'GET /api/console/roles'>;
export type Permission = RoleMatrix['permissions'][number];

export const useRoleMatrix = () => useApi<RoleMatrix>('/api/console/roles', { live: ['plugins-changed'] });
