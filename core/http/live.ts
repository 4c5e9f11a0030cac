import type { ServerResponse } from 'node:http';
import { declareProblem } from '@task-connect/sdk';
import type { Authenticate } from '../identity/identity.ts';
import { type CompiledRoute, ownRoute } from './compile-route.ts';
import type { Exchange } from './exchange.ts';
import { writeHead } from './send.ts';

// What open consoles hear at once, as server-sent events. Promises: hints in order, those missed since Last-Event-ID
// first, and no memory that grows with a slow client. Leaves to the port where hints are kept and who may hear them.

export type Hint = { id: string; type: string; plugin: string; data: unknown };

export type Live = {
  /** Calls back with what was missed since `lastEventId`, then with what comes, until the returned function is called. */
  subscribe(
    who: { person: string; organisation: string },
    lastEventId: string | undefined,
    onHint: (hint: Hint) => void,
  ): () => void;
};

export type Every = (ms: number, tick: () => void) => () => void;

const TooManyStreams = declareProblem({
  type: 'too-many-live-streams',
  status: 429,
  title: 'Too many live streams',
  detail: (f: { most: number }) => `${f.most} are open for this person. Share one between the tabs of a browser.`,
  headers: () => ({ 'Retry-After': '30' }),
});

const heartbeatMs = 15_000;
const mostPerPerson = 30;
/** A client that has so much unread is cut off; it comes back by itself and says where it was. */
const mostUnread = 64 * 1024;

type Listener = { exchange: Exchange; end(): void };

export function makeLive(needs: { live: Live; identity: Authenticate; every: Every }): {
  route: CompiledRoute;
  /** Ends all streams, and those that still come. */
  endAll(): void;
} {
  const listeners = new Set<Listener>();
  let ended = false;

  const stop = needs.every(heartbeatMs, () => {
    for (const listener of listeners) void beat(listener);
  });

  async function beat({ exchange, end }: Listener): Promise<void> {
    if (await stillSignedIn(needs.identity, exchange)) write(exchange.res, ': still here\n\n');
    else end();
  }

  function answer(exchange: Exchange): Promise<void> {
    const { actor, res, headers } = exchange;
    const { person, organisation } = actor;
    let open = 0;
    for (const listener of listeners) if (listener.exchange.actor.person === person) open++;
    if (open >= mostPerPerson) throw new TooManyStreams({ most: mostPerPerson });

    exchange.answer.push('Content-Type', 'text/event-stream', 'Cache-Control', 'no-store', 'X-Accel-Buffering', 'no');
    exchange.sent = true;
    writeHead(exchange);
    if (exchange.method === 'HEAD' || ended) {
      res.end();
      return Promise.resolve();
    }
    // Sent at once, so that a client knows that it listens. Spread, so that a restart is not met by all in one moment.
    write(res, `retry: ${1000 + Math.floor(Math.random() * 2000)}\n\n`);
    return new Promise((resolve) => {
      const listener = { exchange, end: () => void res.end() };
      listeners.add(listener);
      const lastEventId = headers['last-event-id'];
      const unsubscribe = needs.live.subscribe(
        { person, organisation },
        typeof lastEventId === 'string' ? lastEventId : undefined,
        (hint) => write(res, eventOf(hint)),
      );
      res.once('close', () => {
        listeners.delete(listener);
        unsubscribe();
        resolve();
      });
    });
  }

  return {
    route: ownRoute({ path: '/live', permission: 'signed-in', answer }),
    endAll() {
      ended = true;
      stop();
      for (const { end } of listeners) end();
    },
  };
}

function write(res: ServerResponse, text: string): void {
  if (res.writableLength > mostUnread) res.destroy();
  else if (!res.writableEnded) res.write(text);
}

// JSON has no raw line breaks, so an event is three lines whatever is in it; an id that had one could forge others.
const eventOf = ({ id, type, plugin, data }: Hint): string =>
  `id: ${id.replaceAll(/[\r\n\0]/g, '')}\nevent: hint\ndata: ${JSON.stringify({ type, plugin, data })}\n\n`;

/** Asked with each beat: a session that was ended, or a token that expired, hears nothing more. */
async function stillSignedIn(identity: Authenticate, exchange: Exchange): Promise<boolean> {
  try {
    const { actor } = await identity.authenticate(exchange);
    return actor.person === exchange.actor.person && actor.organisation === exchange.actor.organisation;
  } catch {
    return false;
  }
}
