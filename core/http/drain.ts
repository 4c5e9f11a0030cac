import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';

// The end of a listening server without cutting a request: nobody new comes in, each answer under way is the last on
// its connection, and a client that keeps its connection busy is told so with its next answer.

/** A moment for those who keep a connection open and have not asked yet: a request may be on its way to us. */
const graceMs = 500;

export async function drainServer(server: Server, limitMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => {
    // http’s own close() ends idle connections at once, in the face of a request that is just arriving.
    NetServer.prototype.close.call(server, () => resolve());
  });
  const idle = setInterval(() => server.closeIdleConnections(), graceMs);
  const limit = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearInterval(idle);
  clearTimeout(limit);
  // Stops the interval in which http looks for slow requests.
  server.close();
}
