import type { Authenticate, Authenticated } from '../../identity/identity.ts';
import type { Exchange, Step } from '../exchange.ts';

/** Finds out who asks. Mostly this is known in memory, and then nothing is waited for. */
export function authenticate(
  identity: Authenticate,
  countRefusal: (exchange: Exchange, error: unknown) => unknown,
): Step {
  async function later(exchange: Exchange, found: Promise<Authenticated>): Promise<void> {
    try {
      take(exchange, await found);
    } catch (error) {
      await countRefusal(exchange, error);
      throw error;
    }
  }
  return (exchange) => {
    let found: ReturnType<Authenticate['authenticate']>;
    try {
      found = identity.authenticate(exchange);
    } catch (error) {
      return later(exchange, Promise.reject(error));
    }
    if (found instanceof Promise) return later(exchange, found);
    take(exchange, found);
  };
}

function take(exchange: Exchange, { actor, credential }: Authenticated): void {
  exchange.actor = actor;
  exchange.credential = credential;
}
