import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

// Passes on to the platform what is not a file of the console. While it restarts, the answer is one that clients try
// again after.

export function passOn(port: number, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = incoming;
  const outgoing = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
    answer.once('error', () => response.destroy());
  });
  outgoing.once('error', () => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' });
    response.end(
      JSON.stringify({
        type: 'platform-restarts',
        status: 503,
        title: 'The platform restarts',
        detail: 'It is started again because its files changed, or it has ended; the terminal says which.',
      }),
    );
  });
  response.once('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

/** A WebSocket of the platform, byte by byte. */
export function passOnUpgrade(port: number, incoming: IncomingMessage, socket: Socket, head: Buffer): void {
  const upstream = connect(port, '127.0.0.1', () => {
    const headers = incoming.rawHeaders.reduce((text, word, at) => text + word + (at % 2 === 0 ? ': ' : '\r\n'), '');
    upstream.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers}\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.once('error', () => socket.destroy());
  socket.once('error', () => upstream.destroy());
}
