import type { Channel, ChannelModel } from 'amqplib';
import type { QueueSpec } from './bus.ts';

// What there is on the broker, all of it durable: a topic exchange by type of event, a quorum queue for each of ours,
// and a last net of an exchange and a queue for what was handed over too often or is no event.

/**
 * So often a message is handed over before it falls into the net. Nothing of ours hands one back, so only the death of a
 * process or of the broker counts; RabbitMQ's own 20 would be reached by a machine that restarts in a loop.
 */
const deliveryLimit = 100;

export type Names = { exchange: string; net: string; queue: (name: string) => string };

/** The prefix of the installation's databases keeps installations apart here as well. */
export const namesOn = (prefix: string): Names => ({
  exchange: `${prefix}task-connect`,
  net: `${prefix}task-connect-dead-letters`,
  queue: (name) => `${prefix}${name}`,
});

const quorum = { durable: true, arguments: { 'x-queue-type': 'quorum' } };

const argumentsOf = (names: Names, queue: string) => ({
  durable: true,
  arguments: {
    'x-queue-type': 'quorum',
    'x-single-active-consumer': true,
    'x-delivery-limit': deliveryLimit,
    'x-dead-letter-exchange': names.net,
    'x-dead-letter-routing-key': queue,
    // Without these two the step into the net may lose a message (rabbitmq.com/docs/quorum-queues).
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  },
});

/** Each on a channel of its own: a refusal closes the channel, and with it all else that is under way there. */
export async function onChannel<T>(connection: ChannelModel, work: (channel: Channel) => Promise<T>): Promise<T> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  try {
    return await work(channel);
  } finally {
    await channel.close().catch(() => undefined);
  }
}

export async function declareGround(connection: ChannelModel, names: Names): Promise<void> {
  await onChannel(connection, async (channel) => {
    await channel.assertExchange(names.exchange, 'topic', { durable: true });
    await channel.assertExchange(names.net, 'topic', { durable: true });
    await channel.assertQueue(names.net, {
      ...quorum,
      arguments: { ...quorum.arguments, 'x-delivery-limit': 1_000_000 },
    });
    await channel.bindQueue(names.net, names.net, '#');
  });
}

/** What a refusal says: `PRECONDITION_FAILED - inequivalent arg 'x-…' …: received … but current is …`. */
const wordsOf = (error: unknown) =>
  String((error as Error).message)
    .replace(/^.*?with message "|^Operation failed: [^;]*; /, '')
    .replace(/"$/, '');

const isRefusal = (error: unknown) => (error as { code?: number }).code !== undefined;
const isOtherwise = (error: unknown) => (error as { code?: number }).code === 406;

/**
 * Makes the queue and binds it; says what is wrong with it, or undefined. A queue that is there with other arguments
 * is bound all the same, so that nothing is lost, and never deleted.
 */
export async function declareQueue(
  connection: ChannelModel,
  names: Names,
  { queue, types }: QueueSpec,
): Promise<{ otherwise: boolean; fault: string } | undefined> {
  const name = names.queue(queue);
  const bind = async (channel: Channel) => {
    for (const type of types) await channel.bindQueue(name, names.exchange, type);
  };
  try {
    await onChannel(connection, async (channel) => {
      await channel.assertQueue(name, argumentsOf(names, queue));
      await bind(channel);
    });
    return undefined;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const words = wordsOf(error);
    if (!isOtherwise(error)) return { otherwise: false, fault: `RabbitMQ refuses the queue ${name}: ${words}` };
    await onChannel(connection, bind);
    return {
      otherwise: true,
      fault: `The queue ${name} is there with other arguments than ours (${words}). Its events are handled all the same; when it is empty, delete it, and it is made as it should be.`,
    };
  }
}

/** Ready messages and consumers, or undefined where there is no such queue. */
export async function lookAt(connection: ChannelModel, name: string) {
  try {
    return await onChannel(connection, (channel) => channel.checkQueue(name));
  } catch (error) {
    if ((error as { code?: number }).code === 404) return undefined;
    throw error;
  }
}
