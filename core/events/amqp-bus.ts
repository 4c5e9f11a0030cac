import type { Log } from '@task-connect/sdk';
import type { ChannelModel, ConfirmChannel } from 'amqplib';
import { type SecretStore, SecretsError } from '../secrets/secrets.ts';
import { type AmqpConsumption, makeAmqpConsumption } from './amqp-consumption.ts';
import { BusAway, makeAmqpLink } from './amqp-link.ts';
import { amqpNames, declareExchanges, declareQueue, onChannel, type Refusal } from './amqp-topology.ts';
import type { Bus, QueueSpec } from './bus.ts';
import type { Envelope } from './envelope.ts';

// The bus on RabbitMQ. It promises what the port promises: `publish` resolves when the broker has confirmed each message.
// While the broker is away or takes nothing, `publish` fails at once and events stay in their outboxes; when it is back,
// queues and consumers are declared again before anything is published.
// Tested with 3.10; 4.x is what it is written for. Sources: https://www.rabbitmq.com/docs/confirms,
// .../connection-blocked, and CloudEvents’ AMQP protocol binding 1.0.2 (structured mode).

const confirmMilliseconds = 15_000;

/** Where the broker is, from `services/rabbitmq-connection`. @throws SecretsError when it is not there. */
export async function amqpConnection(secrets: SecretStore): Promise<{ url: string; ca?: string }> {
  const value = (await secrets.read('services/rabbitmq-connection'))?.value;
  if (typeof value?.url !== 'string') {
    throw new SecretsError(
      'TC_BUS is rabbitmq, and the secret services/rabbitmq-connection has no url. Write it: task-connect secret set services/rabbitmq-connection url=amqp://…',
    );
  }
  return { url: value.url, ...(typeof value.ca === 'string' ? { ca: value.ca } : {}) };
}

export async function amqpBus(needs: {
  url: string;
  ca?: string | undefined;
  /** Heads the names of exchanges and queues. */
  prefix: string;
  log: Log;
}): Promise<Bus> {
  const { log } = needs;
  const names = amqpNames(needs.prefix);
  const declared = new Map<string, QueueSpec>();
  const refusals = new Map<string, Refusal>();
  const consumptions = new Set<AmqpConsumption>();
  const keyOf = (spec: QueueSpec) => `${spec.plugin} ${spec.queue}`;

  async function declareOne(model: ChannelModel, spec: QueueSpec): Promise<void> {
    const refusal = await declareQueue(model, names, spec);
    if (refusal) refusals.set(spec.queue, refusal);
    else refusals.delete(spec.queue);
    if (refusal && 'differs' in refusal)
      log.warn({ queue: spec.queue, ...refusal }, 'A queue of RabbitMQ has other arguments than ours');
  }

  // Two connections: a broker that is short of memory or disk blocks those that publish, and acknowledgements of the
  // other are what frees it.
  const incoming = await makeAmqpLink({
    ...needs,
    name: `${names.exchange} consumes`,
    async setup(model) {
      await declareExchanges(model, names);
      for (const spec of declared.values()) await declareOne(model, spec);
      for (const consumption of consumptions) await consumption.attach(model);
    },
  });
  let channel: ConfirmChannel | undefined;
  const outgoing = await makeAmqpLink({
    ...needs,
    name: `${names.exchange} publishes`,
    async setup(model) {
      // Here as well: published before the queues are there, an event would reach nobody.
      await declareExchanges(model, names);
      for (const spec of declared.values()) await declareOne(model, spec);
      channel = await model.createConfirmChannel();
      channel.on('error', (error) => log.warn({ err: error }, 'RabbitMQ closed the channel of publishing'));
      const mine = channel;
      channel.on('close', () => {
        if (channel === mine) channel = undefined;
      });
    },
  });

  async function publishingChannel(): Promise<ConfirmChannel> {
    const model = outgoing.model();
    channel ??= await model.createConfirmChannel();
    return channel;
  }

  async function publish(envelopes: readonly Envelope[]): Promise<void> {
    if (envelopes.length === 0) return;
    const on = await publishingChannel();
    const blocked = outgoing.blocked();
    if (blocked) throw new BusAway(`RabbitMQ takes no messages now: ${blocked}.`);
    const confirmed = envelopes.map(
      (envelope) =>
        new Promise<void>((resolve, reject) => {
          on.publish(
            names.exchange,
            envelope.type,
            Buffer.from(JSON.stringify(envelope)),
            {
              persistent: true,
              messageId: envelope.id,
              type: envelope.type,
              contentType: 'application/cloudevents+json; charset=utf-8',
              headers: envelope.traceparent ? { traceparent: envelope.traceparent } : {},
            },
            (error) => (error ? reject(new BusAway(`RabbitMQ did not confirm an event: ${error.message}`)) : resolve()),
          );
        }),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new BusAway(`RabbitMQ has not confirmed events within ${confirmMilliseconds / 1000} s.`)),
        confirmMilliseconds,
      );
    });
    try {
      await Promise.race([Promise.all(confirmed), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function depthOf(queue: string): Promise<number> {
    return onChannel(incoming.model(), async (asking) => (await asking.checkQueue(queue)).messageCount).catch(
      (error) => {
        if ((error as { code?: number }).code === 404) return 0;
        throw error;
      },
    );
  }

  /** What a person has to see, a sentence each. */
  async function faults(): Promise<string[]> {
    const away = incoming.trouble() ?? outgoing.trouble();
    if (away) return [`${away} Events wait in their outboxes; nothing is lost.`];
    const found: string[] = [];
    const blocked = outgoing.blocked();
    if (blocked) found.push(`RabbitMQ takes no messages now (${blocked}): free its disk or memory. Events wait.`);
    const counts = await Promise.all([...consumptions].map((each) => each.reported().catch(() => undefined)));
    const missing = counts.filter((count) => !count).length;
    if (missing > 0)
      found.push(`${missing} of ${counts.length} consumers are not known to RabbitMQ; they are coming back.`);
    for (const [queue, refusal] of refusals) {
      found.push(
        'owner' in refusal
          ? `The queue ${queue} is that of ${refusal.owner}.`
          : `The queue ${queue} has another ${refusal.differs} than ours: it is used as it is. Empty it and delete it, then restart, to have it made anew.`,
      );
    }
    const undeliverable = await depthOf(names.net);
    if (undeliverable > 0)
      found.push(
        `${undeliverable} messages lie in ${names.net}: RabbitMQ gave up on them. Look at them and move them back.`,
      );
    return found;
  }

  return {
    async declare(queues) {
      for (const spec of queues) {
        // Where the broker is away, this is done when it is back.
        if (incoming.trouble() === undefined) await declareOne(incoming.model(), spec);
        const refusal = refusals.get(spec.queue);
        if (refusal && 'owner' in refusal) {
          refusals.delete(spec.queue);
          throw new Error(`The queue ${spec.queue} is that of ${refusal.owner}, not of ${spec.plugin}.`);
        }
        declared.set(keyOf(spec), spec);
      }
    },
    async withdraw(spec) {
      declared.delete(keyOf(spec));
      const refusal = await declareQueue(incoming.model(), names, spec);
      if (refusal) return;
      await onChannel(incoming.model(), (asking) => asking.deleteQueue(names.queue(spec.queue)));
    },
    publish,
    async consume(queue, take) {
      const consumption = makeAmqpConsumption({ queue: names.queue(queue), take, log });
      consumptions.add(consumption);
      if (incoming.trouble() === undefined) await consumption.attach(incoming.model());
      return {
        idle: consumption.idle,
        wake: consumption.wake,
        async [Symbol.asyncDispose]() {
          consumptions.delete(consumption);
          await consumption[Symbol.asyncDispose]();
        },
      };
    },
    depth: (queues) =>
      Promise.all(
        queues.map(async (queue) => ({
          queue,
          waiting: incoming.trouble() === undefined ? await depthOf(names.queue(queue)) : 0,
          oldestAt: null,
        })),
      ),
    async check() {
      try {
        const found = await faults();
        return found.length === 0 ? { ok: true } : { ok: false, reason: found.join(' ') };
      } catch (error) {
        return { ok: false, reason: `RabbitMQ does not answer: ${(error as Error).message}` };
      }
    },
    async [Symbol.asyncDispose]() {
      for (const consumption of consumptions) await consumption[Symbol.asyncDispose]();
      await outgoing[Symbol.asyncDispose]();
      await incoming[Symbol.asyncDispose]();
    },
  };
}
