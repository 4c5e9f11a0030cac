import { useAdministrator, useApi } from '@task-connect/console';

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
