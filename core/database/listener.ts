import pg from 'pg';
import { cut, farewell, runStatement } from './connection.ts';
import { type ListenerEvents, notifyStatement } from './database.ts';

// One connection that listens for all of a database's channels, and tells on them. It promises that it comes back when
// it was lost, also from a server that falls silent, and that those who listen hear of both: what was told meanwhile is
// gone, so who hears `regained` looks at what it may have missed.

export type Listener = {
  listen(channel: string, heard: (payload: string) => void, events?: ListenerEvents): Promise<AsyncDisposable>;
  /** False where it has no connection just now. */
  tell(channel: string, payload: string): Promise<boolean>;
  [Symbol.asyncDispose](): Promise<void>;
};

type Hearing = { channel: string; heard: (payload: string) => void; events: ListenerEvents };

const retryMilliseconds = 250;
/** A question now and then, so that a silent server is noticed (watch.ts). */
const probeMilliseconds = 3000;

export function makeListener(needs: { connect: () => Promise<pg.Client> }): Listener {
  const hearings = new Set<Hearing>();
  let client: pg.Client | undefined;
  let starting: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let wasLost = false;
  let ended = false;

  async function start(): Promise<void> {
    const fresh = await needs.connect();
    let lost = false;
    const probe = setInterval(() => fresh.query('select 1', () => undefined), probeMilliseconds);
    probe.unref();
    const lose = () => {
      if (lost) return;
      lost = true;
      clearInterval(probe);
      if (client !== fresh) return;
      client = undefined;
      if (ended) return;
      wasLost = true;
      for (const { events } of hearings) events.lost?.();
      again();
    };
    fresh.on('error', lose);
    fresh.on('end', lose);
    fresh.on('notification', ({ channel, payload = '' }) => {
      for (const hearing of hearings) if (hearing.channel === channel) hearing.heard(payload);
    });
    try {
      for (const channel of new Set([...hearings].map((each) => each.channel))) await hear(fresh, channel);
      if (lost) throw new Error('Connection terminated');
      client = fresh;
    } catch (error) {
      cut(fresh, 'It was not to be heard.');
      throw error;
    }
    if (ended || hearings.size === 0) return stop();
    if (!wasLost) return;
    wasLost = false;
    for (const { events } of hearings) events.regained?.();
  }

  const hear = (on: pg.Client, channel: string) => on.query(`listen ${pg.escapeIdentifier(channel)}`);

  function startOnce(): Promise<void> {
    starting ??= start().finally(() => {
      starting = undefined;
    });
    return starting;
  }

  function again(): void {
    clearTimeout(retry);
    retry = setTimeout(() => {
      if (!ended && !client && hearings.size > 0) startOnce().catch(again);
    }, retryMilliseconds);
    retry.unref();
  }

  async function stop(): Promise<void> {
    clearTimeout(retry);
    const last = client;
    client = undefined;
    if (last) await farewell(last);
  }

  return {
    async listen(channel, heard, events = {}) {
      const hearing = { channel, heard, events };
      hearings.add(hearing);
      try {
        // Started by somebody else it may have begun without this channel.
        if (!client) await startOnce();
        if (client) await hear(client, channel);
      } catch (error) {
        hearings.delete(hearing);
        throw error;
      }
      return {
        async [Symbol.asyncDispose]() {
          if (!hearings.delete(hearing)) return;
          if (hearings.size === 0) await stop();
        },
      };
    },
    async tell(channel, payload) {
      if (!client) return false;
      await runStatement(client, notifyStatement, [channel, payload]);
      return true;
    },
    async [Symbol.asyncDispose]() {
      ended = true;
      await starting?.catch(() => undefined);
      await stop();
    },
  };
}
