import type { Clock, Log } from '@task-connect/sdk';
import { type ChannelModel, connect } from 'amqplib';
import { endsWithin } from '../database/patience.ts';
import { hideInText } from '../observability/hide.ts';
import type { BrokerAddress } from './amqp-secret.ts';

// The way to the broker: two connections, since RabbitMQ stops reading from one that publishes while it is short of
// memory or disk (rabbitmq.com/docs/alarms), and acknowledgements must go on. It promises that they are made again,
// both, whenever one ends, for as long as it lives.

export type Link = { publishing: ChannelModel; consuming: ChannelModel };

export type LinkState =
  | { name: 'up' }
  | { name: 'blocked'; reason: string }
  | { name: 'away'; reason: string; since: Temporal.Instant };

export type AmqpLink = {
  state(): LinkState;
  now(): Link | undefined;
  /** Gives it up; it is made again at once. */
  renew(reason: string): void;
  [Symbol.asyncDispose](): Promise<void>;
};

const heartbeatSeconds = 10;
const mostWait = 5000;

export async function makeAmqpLink(needs: {
  address: () => Promise<BrokerAddress>;
  name: string;
  clock: Clock;
  log: Log;
  random: () => number;
  /** Makes ready what is on it; the link is up when this resolves. */
  opened: (link: Link) => Promise<void>;
  lost: (reason: string) => void;
  blocked: (reason: string) => void;
}): Promise<AmqpLink> {
  const { clock, log } = needs;
  let link: Link | undefined;
  let state: LinkState = { name: 'away', reason: 'not reached yet', since: clock.now() };
  let timer: NodeJS.Timeout | undefined;
  let opening: Promise<void> | undefined;
  let ended = false;
  let attempts = 0;

  const words = (error: unknown) => hideInText(error instanceof Error ? error.message || error.name : String(error));

  async function dial(address: BrokerAddress, role: string): Promise<ChannelModel> {
    const url = new URL(address.url);
    url.searchParams.set('heartbeat', String(heartbeatSeconds));
    const connection = await connect(url.href, {
      timeout: 5000,
      noDelay: true,
      keepAlive: true,
      clientProperties: { connection_name: `${needs.name} ${role}` },
      ...(address.ca ? { ca: [address.ca] } : {}),
    });
    connection.on('error', () => undefined); // 'close' follows and says the same
    return connection;
  }

  function away(reason: string): void {
    const before = state;
    state = { name: 'away', reason, since: before.name === 'away' ? before.since : clock.now() };
    if (before.name !== 'away') needs.lost(reason);
    if (before.name !== 'away' || before.reason !== reason)
      log.warn({ reason }, 'RabbitMQ is away; events wait in the outbox until it is back');
  }

  function again(): void {
    if (ended || timer) return;
    const wait = Math.min(mostWait, 200 * 2 ** Math.min(attempts, 6)) * (0.5 + needs.random() / 2);
    attempts += 1;
    timer = setTimeout(() => {
      timer = undefined;
      opening = open();
    }, wait);
    timer.unref();
  }

  function drop(given: Link, reason: string): void {
    if (link !== given) return;
    link = undefined;
    away(reason);
    for (const connection of Object.values(given)) void hangUp(connection);
    again();
  }

  async function open(): Promise<void> {
    const dialled: ChannelModel[] = [];
    try {
      const address = await needs.address();
      const consuming = await dial(address, 'consumes');
      dialled.push(consuming);
      const publishing = await dial(address, 'publishes');
      dialled.push(publishing);
      const made: Link = { consuming, publishing };
      if (ended) throw new Error('It ends.');
      let broken: string | undefined;
      for (const connection of dialled)
        connection.on('close', (error?: Error) => {
          broken = error ? words(error) : 'It closed the connection.';
          drop(made, broken);
        });
      publishing.on('blocked', (reason) => {
        if (state.name === 'away' || ended) return;
        state = { name: 'blocked', reason };
        log.warn({ reason }, 'RabbitMQ takes no events; they wait in the outbox');
        needs.blocked(reason);
      });
      publishing.on('unblocked', () => {
        if (state.name !== 'blocked') return;
        state = { name: 'up' };
        log.warn({}, 'RabbitMQ takes events again');
      });
      await needs.opened(made);
      if (broken !== undefined || ended) throw new Error(broken ?? 'It ends.');
      link = made;
      const seconds = state.name === 'away' ? Math.round(clock.now().since(state.since).total('seconds')) : 0;
      state = { name: 'up' };
      attempts = 0;
      log.info({ awaySeconds: seconds }, 'RabbitMQ is there');
    } catch (error) {
      for (const connection of dialled) void hangUp(connection);
      if (ended) return;
      away(words(error));
      again();
    }
  }

  opening = open();
  await opening;
  return {
    state: () => state,
    now: () => link,
    renew(reason) {
      if (link) drop(link, reason);
    },
    async [Symbol.asyncDispose]() {
      ended = true;
      clearTimeout(timer);
      await opening;
      const last = link;
      link = undefined;
      if (last) await Promise.all(Object.values(last).map(hangUp));
    },
  };
}

/** In good order where that goes quickly; a broker that hangs must not hold us. */
async function hangUp(connection: ChannelModel): Promise<void> {
  const closing = Promise.resolve()
    .then(() => connection.close())
    .catch(() => undefined);
  if (await endsWithin(2000, closing)) return;
  (connection.connection as unknown as { stream: { destroy(): void } }).stream.destroy();
}
