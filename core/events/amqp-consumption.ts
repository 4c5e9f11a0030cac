import type { Log } from '@task-connect/sdk';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { Envelope } from './envelope.ts';

// One queue that is consumed, over any number of connections. It promises batches in order, acknowledged when they were
// taken. A batch that could not be taken is held and offered again from here, not given back to the broker: giving back
// would change the order, and count as a delivery.

const prefetch = 500;
const batch = 200;
const longestWait = 5000;

export type AmqpConsumption = {
  /** Begins anew on this connection; what was in hand from the one before comes again from the broker. */
  attach(model: ChannelModel): Promise<void>;
  /** Consumers of the queue that the broker knows; undefined while we are not one of them. */
  reported(): Promise<number | undefined>;
  idle(): Promise<void>;
  wake(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

export function makeAmqpConsumption(needs: {
  /** As the broker knows it. */
  queue: string;
  take: (envelopes: Envelope[]) => Promise<void>;
  log: Log;
}): AmqpConsumption {
  const { queue, log } = needs;
  let channel: Channel | undefined;
  let tag: string | undefined;
  let waiting: ConsumeMessage[] = [];
  let carrying: Promise<void> | undefined;
  let ended = false;
  let rest: PromiseWithResolvers<void> | undefined;

  function envelopeOf(message: ConsumeMessage): Envelope | undefined {
    try {
      return Envelope.parse(JSON.parse(message.content.toString()));
    } catch (error) {
      log.error({ queue, err: error }, 'A message that is no event of ours was put aside');
      return undefined;
    }
  }

  function pause(milliseconds: number): Promise<void> {
    rest = Promise.withResolvers();
    const timer = setTimeout(rest.resolve, milliseconds);
    timer.unref();
    return rest.promise.finally(() => clearTimeout(timer));
  }

  async function carry(): Promise<void> {
    let failures = 0;
    while (waiting.length > 0 && !(ended && failures > 0)) {
      const mine = channel!;
      const messages = waiting.slice(0, batch);
      const read = messages.map((message) => ({ message, envelope: envelopeOf(message) }));
      try {
        const envelopes = read.flatMap(({ envelope }) => envelope ?? []);
        if (envelopes.length > 0) await needs.take(envelopes);
      } catch (error) {
        failures += 1;
        log.warn({ queue, err: error, failures }, 'Events could not be taken from RabbitMQ and are offered again');
        await pause(Math.min(longestWait, 100 * 2 ** Math.min(failures, 6)));
        continue;
      }
      failures = 0;
      // Of an older connection: the broker brings them again, and the inbox knows them.
      if (channel !== mine) continue;
      waiting = waiting.slice(messages.length);
      // To the net first: acknowledging up to the last takes all others.
      for (const { message, envelope } of read) if (!envelope) mine.nack(message, false, false);
      const last = read.findLast(({ envelope }) => envelope);
      if (last) mine.ack(last.message, true);
    }
  }

  function go(): void {
    carrying ??= carry()
      .catch((error) => log.error({ queue, err: error }, 'A queue of RabbitMQ could not be carried'))
      .finally(() => {
        carrying = undefined;
        if (waiting.length > 0 && !ended) go();
      });
  }

  async function attach(model: ChannelModel): Promise<void> {
    if (ended) return;
    const fresh = await model.createChannel();
    fresh.on('error', (error) => log.warn({ queue, err: error }, 'RabbitMQ closed a channel'));
    const begin = async () => {
      tag = (await fresh.consume(queue, (message) => receive(fresh, message, begin))).consumerTag;
    };
    fresh.on('close', () => {
      if (channel !== fresh) return;
      channel = undefined;
      waiting = [];
      // The connection may be well: another channel of it is opened, unless that fails, too.
      if (!ended) setTimeout(() => attach(model).catch(() => undefined), 1000).unref();
    });
    waiting = [];
    channel = fresh;
    await fresh.prefetch(prefetch);
    await begin();
  }

  function receive(from: Channel, message: ConsumeMessage | null, again: () => Promise<void>): void {
    if (from !== channel) return;
    if (!message) {
      // The broker took the consumer away, as when a queue changes its leader.
      tag = undefined;
      again().catch(() => undefined);
      return;
    }
    waiting.push(message);
    go();
  }

  return {
    attach,
    async reported() {
      if (!channel || tag === undefined) return undefined;
      return (await channel.checkQueue(queue)).consumerCount;
    },
    async idle() {
      for (;;) {
        while (carrying) await carrying;
        // On the channel of the deliveries: what was sent before its answer is here before it.
        if (!channel) return;
        const { messageCount } = await channel.checkQueue(queue).catch(() => ({ messageCount: 0 }));
        if (messageCount === 0 && waiting.length === 0 && !carrying) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    wake() {
      rest?.resolve();
      if (waiting.length > 0) go();
    },
    async [Symbol.asyncDispose]() {
      const last = channel;
      if (last && tag !== undefined) await last.cancel(tag).catch(() => undefined);
      ended = true;
      rest?.resolve();
      while (carrying) await carrying;
      channel = undefined;
      // What is left in hand goes back to the queue with the channel.
      await last?.close().catch(() => undefined);
    },
  };
}
