import { connect, type Socket } from 'node:net';
import type pg from 'pg';
import { cut, isAwaiting, streamOf } from './connection.ts';
import { NoConnection } from './connection-lost.ts';

// Connections whose other end is silent: a server that is stopped (SIGSTOP, a frozen machine) or unplugged closes none
// of them, and TCP alone waits a quarter of an hour for an answer. It promises that a statement to such a server ends
// with an error within ten seconds, and that a slow statement on a server that answers others is left alone. TCP's
// keep-alive (connection.ts) finds a single connection that was dropped on the way while it was idle.

const tick = 1000;
/** So long without a byte from any connection of a server makes it suspicious. */
const silence = 4000;
const patience = 4000;

export type Place = { host: string; port: number };
type Watched = { client: pg.Client; place: Place; server: string; read: number; since: number };

export type Watch = {
  /** From now on, until it ends. After `longest` no statement is slow any more: the server would have ended it. */
  add(client: pg.Client, place: Place, longest?: number): void;
  /** Throws while a server is known to be silent, so that nobody waits for what will not come. */
  mustAnswer(place: Place): void;
};

export function makeWatch(): Watch {
  const watched = new Set<Watched & { longest: number }>();
  const heardFrom = new Map<string, number>();
  const asking = new Set<string>();
  const silentServers = new Set<string>();
  let last = 0;
  let timer: NodeJS.Timeout | undefined;

  const silent = (server: string, now: number) =>
    [...watched].filter((each) => each.server === server && isAwaiting(each.client) && now - each.since >= silence);

  async function ask(server: string, place: Place): Promise<void> {
    if (asking.has(server)) return;
    asking.add(server);
    for (let answer = await answerOf(place); ; answer = await answerOf(place)) {
      if (answer === 'yes') heardFrom.set(server, performance.now());
      else for (const { client } of silent(server, performance.now())) cut(client, words(server));
      if (answer !== 'none') break;
      silentServers.add(server);
    }
    silentServers.delete(server);
    asking.delete(server);
  }

  function look(): void {
    const now = performance.now();
    // We were stopped ourselves, and what came meanwhile is not read yet.
    const slept = now - last > 3 * tick;
    last = now;
    for (const each of watched) {
      const { bytesRead } = streamOf(each.client);
      if (bytesRead !== each.read) heardFrom.set(each.server, now);
      if (bytesRead !== each.read || slept || !isAwaiting(each.client)) {
        each.read = bytesRead;
        each.since = now;
      } else if (now - each.since >= each.longest) cut(each.client, words(each.server));
    }
    for (const { server, place } of watched) {
      const quiet = now - (heardFrom.get(server) ?? 0) >= silence;
      if (quiet && silent(server, now).length > 0) void ask(server, place);
    }
  }

  return {
    mustAnswer(place) {
      const server = nameOf(place);
      if (silentServers.has(server)) throw new NoConnection(words(server));
    },
    add(client, place, longest = Number.POSITIVE_INFINITY) {
      const server = nameOf(place);
      const each = { client, place, server, read: 0, since: performance.now(), longest };
      watched.add(each);
      heardFrom.set(server, each.since);
      client.once('end', () => {
        watched.delete(each);
        if (watched.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      });
      if (timer) return;
      last = performance.now();
      timer = setInterval(look, tick);
      timer.unref();
    },
  };
}

/**
 * Whether the server takes connections, by the question for TLS that comes before any login (PostgreSQL's manual, 54.2.11,
 * SSLRequest): one byte comes back, and none of the server's places for connections is used.
 */
function answerOf({ host, port }: Place): Promise<'yes' | 'closed' | 'none'> {
  const { promise, resolve } = Promise.withResolvers<'yes' | 'closed' | 'none'>();
  const socket: Socket = connect({ host, port });
  socket.setTimeout(patience, () => resolve('none'));
  socket.once('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])));
  socket.once('data', () => resolve('yes'));
  socket.once('error', () => resolve('closed'));
  socket.once('close', () => resolve('closed'));
  return promise.finally(() => socket.destroy());
}

const nameOf = ({ host, port }: Place) => `${host}:${port}`;
const words = (server: string) => `PostgreSQL at ${server} does not answer.`;
