import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { SecretStore } from '../secrets/secrets.ts';
import { type AmqpConsumption, makeAmqpConsumption } from './amqp-consumption.ts';
import { type Link, makeAmqpLink } from './amqp-link.ts';
import { makePublisher, type Publisher } from './amqp-publisher.ts';
import { readBrokerAddress } from './amqp-secret.ts';
import { declareGround, declareQueue, namesOn, onChannel } from './amqp-topology.ts';
import { type Faults, makeWatch } from './amqp-watch.ts';
import { type Bus, BusAway, type QueueSpec } from './bus.ts';
import { forgetQueue, recordedQueues, recordQueues, unbindQueue } from './bus-table.ts';

// The bus in RabbitMQ (3.10 and later). What queues there are is written down in the platform's database; each time the
// broker is reached all of them are made before anything is published, so that one that comes back empty loses nothing
// that was not in it. It is made also while the broker is away, and goes on when that is there.

const channelOfQueues = 'tc_bus_queues';
const healMilliseconds = 5000;

export async function amqpBus(needs: {
  secrets: Pick<SecretStore, 'read'>;
  database: Database;
  /** Heads the name of everything on the broker. */
  prefix: string;
  clock: Clock;
  log: Log;
  random: () => number;
}): Promise<Bus> {
  const { database, log, clock } = needs;
  const names = namesOn(needs.prefix);
  const address = () => readBrokerAddress(needs.secrets);
  await address(); // One that is missing is no outage.

  const faults: Faults = new Map();
  const consumptions = new Set<AmqpConsumption>();
  let bound = new Set<string>();
  let publisher: Publisher | undefined;
  let ended = false;

  async function declareOn({ consuming }: Pick<Link, 'consuming'>, spec: QueueSpec): Promise<void> {
    if (spec.types.length === 0) {
      await onChannel(consuming, (channel) => channel.deleteQueue(names.queue(spec.queue)));
      await forgetQueue(database, spec.queue);
      return;
    }
    const fault = await declareQueue(consuming, names, spec);
    if (!fault) faults.delete(spec.queue);
    else {
      if (faults.get(spec.queue)?.fault !== fault.fault) log.error({ queue: spec.queue }, fault.fault);
      faults.set(spec.queue, fault);
    }
  }

  async function declareAll(link: Pick<Link, 'consuming'>): Promise<void> {
    await declareGround(link.consuming, names);
    const queues = await recordedQueues(database);
    for (const spec of queues) await declareOn(link, spec);
    bound = new Set(queues.flatMap(({ types }) => types));
  }

  async function attach(consumption: AmqpConsumption, { consuming }: Pick<Link, 'consuming'>): Promise<void> {
    const otherwise = faults.get(consumption.queue)?.otherwise ?? false;
    await consumption.attach(consuming, otherwise).catch((error) => {
      log.warn({ queue: consumption.queue, reason: error.message }, 'A queue could not be consumed and is tried again');
    });
  }

  const link = await makeAmqpLink({
    address,
    name: `${names.exchange} ${process.pid}`,
    clock,
    log,
    random: needs.random,
    async opened(made) {
      await declareAll(made);
      const channel = await made.publishing.createConfirmChannel();
      publisher = makePublisher(channel, {
        exchange: names.exchange,
        isBound: (type) => bound.has(type),
        failed: (reason) => ended || link.renew(reason),
      });
      // Not waited for: a quorum queue without a leader answers after a minute, and publishing need not wait for it.
      for (const consumption of consumptions) void attach(consumption, made);
    },
    lost(reason) {
      publisher?.giveUp(reason);
      publisher = undefined;
      for (const consumption of consumptions) consumption.detach();
    },
    blocked: (reason) => publisher?.giveUp(reason),
  });
  const watch = makeWatch({ link, names, faults, consumptions, address, clock });

  // What went wrong with one queue is mended without the others: they keep their channels.
  let healing: Promise<void> | undefined;
  async function heal(): Promise<void> {
    const made = link.now();
    if (!made || ended) return;
    const lacking = (await watch.missing()).filter((consumption) => !consumption.attaching());
    if (faults.size > 0 || lacking.length > 0) await declareAll(made);
    for (const consumption of lacking) {
      consumption.detach();
      void attach(consumption, made);
    }
  }
  const healSoon = () => {
    healing ??= heal()
      .catch((error) => log.warn({ reason: error.message }, 'The queues of RabbitMQ could not be looked after'))
      .finally(() => {
        healing = undefined;
      });
  };
  const timer = setInterval(healSoon, healMilliseconds);
  timer.unref();
  // A queue that another process has written down while it could not make it.
  const listening = await database.listen(channelOfQueues, () => {
    const made = link.now();
    if (made) void declareAll(made).catch(() => undefined);
  });

  return {
    accepts: () => link.state().name === 'up',
    async declare(queues) {
      await recordQueues(database, queues);
      const made = link.now();
      if (made) {
        for (const spec of queues) await declareOn(made, spec);
        for (const { types } of queues) for (const type of types) bound.add(type);
      } else await database.notify(channelOfQueues, '');
    },
    async withdraw({ queue, plugin }) {
      if (!(await unbindQueue(database, queue, plugin))) return;
      const made = link.now();
      // While the broker is away it stays written down without bindings, and goes when that is back.
      if (!made) return;
      await declareOn(made, { queue, plugin, types: [] });
      faults.delete(queue);
      bound = new Set((await recordedQueues(database)).flatMap(({ types }) => types));
    },
    async publish(envelopes) {
      if (envelopes.length === 0) return;
      const state = link.state();
      if (state.name !== 'up' || !publisher) throw new BusAway('reason' in state ? state.reason : 'RabbitMQ is away.');
      await publisher.publish(envelopes);
    },
    async consume(queue, take) {
      const consumption = makeAmqpConsumption({
        queue,
        name: names.queue(queue),
        tag: `${queue} ${randomUUID()}`,
        take,
        detached: healSoon,
        ended: () => consumptions.delete(consumption),
        log,
      });
      consumptions.add(consumption);
      const made = link.now();
      if (made) await attach(consumption, made);
      return consumption;
    },
    depth: watch.depth,
    // A broker does not let one look into a queue without taking from it.
    waitsIn: async () => null,
    check: watch.check,
    async [Symbol.asyncDispose]() {
      ended = true;
      clearInterval(timer);
      await listening[Symbol.asyncDispose]();
      await Promise.all([...consumptions].map((consumption) => consumption[Symbol.asyncDispose]()));
      await healing;
      await link[Symbol.asyncDispose]();
    },
  };
}
