import type { Exchange } from './exchange.ts';

/** Writes the status line and headers. */
export function writeHead({ res, status, answer }: Exchange): void {
  res.writeHead(status, answer);
}

/** Writes the answer. Node joins head and text into one packet, and drops the text of an answer to HEAD. */
export function send(exchange: Exchange): void {
  const { res, payload, answer } = exchange;
  if (payload === undefined) {
    if (exchange.status !== 204 && exchange.status !== 304) answer.push('Content-Length', '0');
    writeHead(exchange);
    res.end();
  } else {
    const length = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.byteLength;
    answer.push('Content-Length', String(length));
    writeHead(exchange);
    res.end(payload);
  }
}
