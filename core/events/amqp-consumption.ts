import type { Log } from '@task-connect/sdk';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { endsWithin } from '../database/patience.ts';
import { fromMessage } from './amqp-message.ts';
import type { Consumption } from './bus.ts';
import type { Envelope } from './envelope.ts';

// Taking from one queue, on a channel of its own. It promises batches in order, one at a time, acknowledged when they
// were taken. A batch that could not be taken is kept and tried again here: handed back, each time would count towards
// the delivery limit, and a database that is away for a while would empty the queue into the net.

const prefetch = 400;
const mostTaken = 200;

export type AmqpConsumption = Consumption & {
  queue: string;
  tag: string;
  attached(): boolean;
  attaching(): boolean;
  attach(connection: ChannelModel, otherwise: boolean): Promise<void>;
  /** Its channel is gone; what lay here comes again. */
  detach(): void;
  /** When the last message that it took was published. */
  reached(): string | undefined;
};

type Held = { message: ConsumeMessage; envelope: Envelope };

export function makeAmqpConsumption(needs: {
  queue: string;
  name: string;
  tag: string;
  take: (envelopes: Envelope[]) => Promise<void>;
  detached: () => void;
  ended: () => void;
  log: Log;
}): AmqpConsumption {
  const { queue, log } = needs;
  let channel: Channel | undefined;
  let held: Held[] = [];
  let working: Promise<void> | undefined;
  let failures = 0;
  let pause: PromiseWithResolvers<void> | undefined;
  let reached: string | undefined;
  let ended = false;
  let strange = false;

  async function rest(): Promise<void> {
    pause = Promise.withResolvers();
    const timer = setTimeout(pause.resolve, Math.min(5000, 100 * 2 ** Math.min(failures - 1, 6)));
    await pause.promise;
    clearTimeout(timer);
    pause = undefined;
  }

  async function work(): Promise<void> {
    while (held.length > 0 && !ended) {
      const from = channel;
      const batch = held.slice(0, mostTaken);
      try {
        await needs.take(batch.map(({ envelope }) => envelope));
      } catch (error) {
        failures += 1;
        if (failures === 1 || failures % 50 === 0)
          log.warn(
            { queue, err: error, failures },
            'Events could not be taken from the bus; they are kept and tried again',
          );
        await rest();
        continue;
      }
      failures = 0;
      reached = batch.at(-1)!.envelope.time;
      if (channel !== from) continue; // they come again, and the inbox knows them
      held = held.slice(batch.length);
      try {
        // Among those of a queue that is not as we make them may be some that are not ours.
        if (strange) for (const { message } of batch) from?.ack(message);
        else from?.ack(batch.at(-1)!.message, true);
      } catch {
        detach(from);
      }
    }
  }

  function go(): void {
    working ??= work().finally(() => {
      working = undefined;
      if (held.length > 0 && !ended) go();
    });
  }

  function detach(from = channel): void {
    if (!from || from !== channel) return;
    channel = undefined;
    held = [];
    pause?.resolve();
    from.close().catch(() => undefined);
    needs.detached();
  }

  let attaching: Promise<void> | undefined;
  function attach(connection: ChannelModel, otherwise: boolean): Promise<void> {
    attaching ??= attachNow(connection, otherwise).finally(() => {
      attaching = undefined;
    });
    return attaching;
  }

  async function attachNow(connection: ChannelModel, otherwise: boolean): Promise<void> {
    if (channel || ended) return;
    const own = await connection.createChannel();
    own.on('error', (error: Error) => log.warn({ queue, reason: error.message }, 'RabbitMQ ended a consumer'));
    own.on('close', () => detach(own));
    channel = own;
    strange = otherwise;
    try {
      await own.prefetch(prefetch);
      const received = (message: ConsumeMessage | null) => {
        if (channel !== own) return;
        // The broker cancels the consumer of a queue that was deleted.
        if (!message) return void own.close().catch(() => undefined);
        const envelope = fromMessage(message);
        if (envelope) {
          held.push({ message, envelope });
          go();
        } else {
          log.error(
            { queue, messageId: message.properties.messageId },
            'A message in a queue of ours is no event of ours',
          );
          // Into the net; in a queue that is not as we make them there may be none, so there it stays unacknowledged.
          if (!otherwise) own.nack(message, false, false);
        }
      };
      // Where the queue does not hold others back itself, this consumer does.
      await own.consume(needs.name, received, { consumerTag: needs.tag, exclusive: otherwise });
    } catch (error) {
      if (channel === own) channel = undefined;
      held = [];
      await own.close().catch(() => undefined);
      throw error;
    }
  }

  return {
    queue,
    tag: needs.tag,
    attached: () => channel !== undefined && !attaching,
    attaching: () => attaching !== undefined,
    attach,
    detach: () => detach(),
    reached: () => reached,
    wake: () => pause?.resolve(),
    async idle() {
      // A message may be on its way: what the queue said of it before the first answer has arrived by the second.
      for (let still = 0; still < 2 && !ended; ) {
        while (working) await working;
        const own = channel;
        const seen = await own?.checkQueue(needs.name).catch(() => undefined);
        still = seen?.messageCount === 0 && !working && held.length === 0 && channel === own ? still + 1 : 0;
        if (!seen) await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async [Symbol.asyncDispose]() {
      ended = true;
      needs.ended();
      pause?.resolve();
      // What it has in hand is finished and acknowledged; closing the channel gives the rest back, in order.
      if (working && !(await endsWithin(30_000, working))) log.warn({ queue }, 'A consumer does not come to its end');
      const own = channel;
      channel = undefined;
      held = [];
      if (own)
        await endsWithin(
          2000,
          own.close().catch(() => undefined),
        );
    },
  };
}
