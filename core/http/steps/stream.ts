import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http';
import type { StreamBody } from '@task-connect/sdk';
import type { Exchange } from '../exchange.ts';
import { writeHead } from '../send.ts';
import { requestOf, scopeOf } from './unit-of-work.ts';

// A plugin's file could be a page that somebody uploaded; here it can neither run nor be framed.
const filePolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** Runs the handler of a stream without a transaction, and pours its body out as fast as the client takes it. */
export async function openStream(exchange: Exchange, stopping: AbortSignal): Promise<void> {
  const { plugin, handle } = exchange.route!;
  const gone = new AbortController();
  exchange.res.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, plugin!.leaving]);
  await plugin!.open(scopeOf(exchange), async (context) => {
    const request = { ...requestOf(exchange), headers: exchange.headers, signal };
    const stream = (await handle(request, context)) as StreamBody;
    exchange.status = stream.status ?? 200;
    exchange.answer.push('Content-Security-Policy', filePolicy);
    for (const name in stream.headers) addHeader(exchange, name, stream.headers[name]!);
    if (stream.body instanceof Uint8Array) exchange.payload = stream.body;
    // A file is sent to its end before the process stops; events have none.
    else if (isEndless(stream)) await pour(exchange, stream.body, AbortSignal.any([signal, stopping]));
    else await pour(exchange, stream.body, signal);
  });
}

const isEndless = ({ headers }: StreamBody): boolean =>
  Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('text/event-stream'),
  );

/** Checked here, while a fault can still be answered. */
function addHeader({ answer }: Exchange, name: string, value: string): void {
  validateHeaderName(name);
  validateHeaderValue(name, value);
  answer.push(name, value);
}

async function pour(exchange: Exchange, body: AsyncIterable<Uint8Array | string>, signal: AbortSignal): Promise<void> {
  const { res } = exchange;
  writeHead(exchange);
  exchange.sent = true;
  const chunks = body[Symbol.asyncIterator]();
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    while (!signal.aborted && exchange.method !== 'HEAD') {
      // A body that waits for its next event may never look at the signal.
      const next = await Promise.race([chunks.next(), aborted]);
      if (next === undefined || next.done) break;
      if (!res.write(next.value)) await Promise.race([drained(res), aborted]);
    }
    // Not waited for: a generator that hangs in a wait of its own returns only after that.
    chunks.return?.()?.catch(() => {});
    res.end();
  } catch (error) {
    // The head is gone; an end that is cut off is how the client learns that this is not all.
    res.destroy();
    // Stopping in the middle is what an aborted signal asks for, and some do so by throwing.
    if (!signal.aborted) throw error;
  }
}

const drained = (res: ServerResponse): Promise<undefined> =>
  new Promise((resolve) => {
    res.once('drain', () => resolve(undefined));
  });
