import { Problem, type ProblemDocument } from '@task-connect/sdk';
import { ServiceOff, ServiceTooSlow } from './call-problems.ts';
import type { ProcessRow } from './process-table.ts';
import type { Processes } from './processes.ts';
import type { WorkScope } from './registry.ts';
import type { ServiceTokens } from './service-token.ts';

// A call to a plugin that another process serves. It goes round those that serve it; one that refuses the connection has
// heard nothing, so the next is asked; one that broke off may have heard, so only what changes nothing is asked again.
// Connections are kept and used again by fetch itself.

export type RemoteCall = (request: {
  caller: string;
  provider: string;
  /** The provider's permissions. */
  permissions: readonly string[];
  service: string;
  kind: 'query' | 'command';
  input: unknown;
  idempotencyKey: string | undefined;
  scope: WorkScope;
  deadlineMilliseconds: number;
}) => Promise<unknown>;

/** How long one that could not be reached is asked last. */
const avoidMilliseconds = 5000;

export const deadlineHeader = 'tc-deadline-milliseconds';

export function makeRemoteCall(needs: { processes: Processes; tokens: ServiceTokens }): RemoteCall {
  const { processes, tokens } = needs;
  const away = new Map<string, number>();
  let turn = 0;

  function candidates(provider: string): ProcessRow[] {
    const serving = processes
      .live()
      .filter((row) => row.id !== processes.id && row.internalUrl && row.plugins[provider]?.state === 'on');
    turn += 1;
    const rotated = serving.map((_, i) => serving[(i + turn) % serving.length]!);
    const now = performance.now();
    const last = (row: ProcessRow) => Number((away.get(row.id) ?? 0) > now) * 2 + Number(row.role === 'worker');
    return rotated.sort((a, b) => last(a) - last(b));
  }

  return async (request) => {
    const { service, provider, scope, kind } = request;
    const end = performance.now() + request.deadlineMilliseconds;
    const { actor } = scope;
    const narrowed = ['*', ...request.permissions].filter((permission) => actor.may(permission));
    for (const row of candidates(provider)) {
      const left = Math.floor(end - performance.now());
      if (left <= 0) throw new ServiceTooSlow({ service });
      const token = await tokens.sign({
        caller: request.caller,
        provider,
        service,
        reach: scope.reach,
        actor: { kind: actor.kind, person: actor.person, organisation: actor.organisation, may: narrowed },
      });
      try {
        const response = await fetch(new URL(`/internal/services/${service}`, row.internalUrl!), {
          method: 'POST',
          redirect: 'error',
          signal: AbortSignal.timeout(left),
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            traceparent: scope.traceparent,
            [deadlineHeader]: String(left),
          },
          body: JSON.stringify({ input: request.input, idempotencyKey: request.idempotencyKey }),
        });
        const answer = (await response.json()) as unknown;
        if (response.ok) return (answer as { output: unknown }).output;
        throw thrownThere(answer as ProblemDocument, response.headers.get('retry-after'), row);
      } catch (error) {
        if (error instanceof Problem || error instanceof FailedThere) throw error;
        away.set(row.id, performance.now() + avoidMilliseconds);
        if ((error as Error).name === 'TimeoutError') throw new ServiceTooSlow({ service });
        if (kind === 'command' && !neverHeard(error)) throw new ServiceTooSlow({ service });
      }
    }
    throw new ServiceOff({ service });
  };
}

/** The provider failed, or would not have this process; neither is the fault of whoever sent the request. */
class FailedThere extends Error {
  override name = 'FailedThere';
}

const ours = new Set(['service-token-refused', 'service-not-declared', 'internal-fault']);

function thrownThere(document: ProblemDocument, retryAfter: string | null, row: ProcessRow): Error {
  const { type, title, status, detail = title, instance, ...fields } = document;
  if (ours.has(type)) return new FailedThere(`${row.internalUrl}: ${detail} (${instance})`);
  return new Problem({ type, title, status, detail, fields, headers: retryAfter ? { 'Retry-After': retryAfter } : {} });
}

function neverHeard(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(
    code ?? '',
  );
}
