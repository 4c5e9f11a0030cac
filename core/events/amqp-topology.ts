import type { Channel, ChannelModel } from 'amqplib';
import type { QueueSpec } from './bus.ts';

// What there is on the broker: one topic exchange, a quorum queue for each subscription bound by types, and a last net
// for messages that the broker gives up on. Retries and dead letters that people replay are not here: those live with
// the consumer, which takes a message and acknowledges when it has stored it.
// Source: https://www.rabbitmq.com/docs/quorum-queues

/** Deliveries after which the broker gives up on a message: so many processes have died with it in their hands. */
export const deliveryLimit = 50;

export type Names = { exchange: string; net: string; queue(queue: string): string };

/** Names are the mission’s own; `prefix` keeps installations on one broker apart. */
export const amqpNames = (prefix: string): Names => ({
  exchange: `${prefix}task-connect`,
  net: `${prefix}task-connect.undeliverable`,
  queue: (queue) => `${prefix}${queue}`,
});

const quorum = { 'x-queue-type': 'quorum' };

/** Of a queue; its owner is the key under which its messages would come to the net, which the broker compares. */
const queueArguments = (names: Names, plugin: string) => ({
  ...quorum,
  'x-single-active-consumer': true,
  'x-delivery-limit': deliveryLimit,
  'x-dead-letter-exchange': names.net,
  'x-dead-letter-routing-key': plugin,
});

/** Runs `work` on a channel of its own: a refusal closes a channel, and must not close one that others use. */
export async function onChannel<T>(model: ChannelModel, work: (channel: Channel) => Promise<T>): Promise<T> {
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  try {
    return await work(channel);
  } finally {
    await channel.close().catch(() => undefined);
  }
}

export async function declareExchanges(model: ChannelModel, names: Names): Promise<void> {
  await onChannel(model, async (channel) => {
    await channel.assertExchange(names.exchange, 'topic', { durable: true });
    await channel.assertExchange(names.net, 'topic', { durable: true });
    await channel.assertQueue(names.net, { durable: true, arguments: quorum });
    await channel.bindQueue(names.net, names.net, '#');
  });
}

/** What the broker has against a queue: whose it is, or the argument that differs. */
export type Refusal = { owner: string } | { differs: string };

/** Declares and binds one queue; the refusal where the broker has one of that name that is not like ours. */
export async function declareQueue(model: ChannelModel, names: Names, spec: QueueSpec): Promise<Refusal | undefined> {
  const queue = names.queue(spec.queue);
  let refusal: Refusal | undefined;
  try {
    await onChannel(model, (channel) =>
      channel.assertQueue(queue, { durable: true, arguments: queueArguments(names, spec.plugin) }),
    );
  } catch (error) {
    const { message, code } = error as Error & { code?: number };
    if (code !== 406) throw error;
    const owner = /inequivalent arg 'x-dead-letter-routing-key'.*current is (?:the value )?'([^']+)'/.exec(
      message,
    )?.[1];
    if (owner) return { owner };
    refusal = { differs: /inequivalent arg '([^']+)'/.exec(message)?.[1] ?? message };
  }
  await onChannel(model, async (channel) => {
    for (const type of spec.types) await channel.bindQueue(queue, names.exchange, type);
  });
  return refusal;
}
