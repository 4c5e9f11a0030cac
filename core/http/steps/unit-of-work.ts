import type { WorkScope } from '../../kernel/registry.ts';
import type { Exchange } from '../exchange.ts';
import { onceByKey } from './idempotency.ts';

/** Runs the handler in the transaction that the kernel opens for it. */
export async function unitOfWork(exchange: Exchange): Promise<void> {
  const { plugin, handle } = exchange.route!;
  const request = requestOf(exchange);
  const scope = scopeOf(exchange);
  const work = (context: unknown) => handle(request, context);
  exchange.value = await (exchange.idempotencyKey === undefined
    ? plugin!.unitOfWork(scope, work)
    : onceByKey(exchange, scope, work));
}

/** What a handler is told of the request. */
export const requestOf = (exchange: Exchange) => ({
  params: exchange.params,
  query: exchange.query,
  body: exchange.body,
  actor: exchange.actor,
  credential: exchange.credential,
  ifMatch: exchange.ifMatch,
  requestId: exchange.requestId,
  address: exchange.address,
});

export function scopeOf(exchange: Exchange): WorkScope {
  const { actor, requestId, traceparent } = exchange;
  const { reach, readOnly, address } = exchange.route!;
  const scope: WorkScope = { actor, reach, requestId, traceparent, readOnly };
  if (address !== undefined) scope.publicAddress = String(exchange.params[address]);
  return scope;
}
