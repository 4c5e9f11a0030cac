import type { Exchange } from '../exchange.ts';

/** Sends the client elsewhere, for now: browsers keep a permanent redirect for ever, also one by a wrong setting. */
export function redirect(exchange: Exchange, location: string): void {
  exchange.status = 307;
  exchange.answer.push('Location', location, 'Cache-Control', 'no-store');
  exchange.payload = undefined;
  exchange.answered = true;
}
