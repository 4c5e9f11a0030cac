import type { Step } from '../exchange.ts';
import { openStream } from './stream.ts';
import { unitOfWork } from './unit-of-work.ts';

/** Does what was asked: in a transaction, as a stream without one, or here at the edge. */
export function perform(stopping: AbortSignal): Step {
  return (exchange) => {
    const { kind, answer } = exchange.route!;
    if (kind === 'route') return unitOfWork(exchange);
    exchange.answered = true;
    return kind === 'stream' ? openStream(exchange, stopping) : answer!(exchange);
  };
}
