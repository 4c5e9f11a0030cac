import { useAdministrator, useApi } from '@task-connect/console';
import type { Answer } from '../../api/answer.ts';

export type PartState = 'ok' | 'degraded' | 'failed';

export type HealthPart = { name: string; state: PartState; latencyMs: number | null; detail: string | null };

export type Health = { status: PartState; version: string; parts: HealthPart[] };

/** How the platform is; asked every half a minute, of administrators’ tabs only. */
export function useHealth() {
  const administrator = useAdministrator();
  const { data, problem, refresh } = useApi<Health>(administrator ? '/health' : null, { every: 30_000 });
  // A platform that has failed says so with a 503 that carries the same document.
  const said = problem && Array.isArray(problem.fields.parts) ? (problem.fields as unknown as Health) : undefined;
  const health = said ?? data;
  return { health, parts: health?.parts, problem: said ? undefined : problem, refresh };
}

export type HealthNow = Answer<'GET /api/platform/health'>;
export type HealthHistory = Answer<'GET /api/platform/health/history'>;
export type Queue = HealthNow['queues'][number];

export const ranges = ['1h', '6h', '24h', '7d'] as const;
export type Range = (typeof ranges)[number];

/** The same with the last 24 hours of each part, queues and connections. */
export const useHealthNow = () => useApi<HealthNow>('/api/platform/health', { every: 15_000 });

export const useHistory = (range: Range) =>
  useApi<HealthHistory>('/api/platform/health/history', { query: { range }, every: 30_000 });
