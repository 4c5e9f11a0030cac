import type { Clock } from '@task-connect/sdk';
import type { AmqpConsumption } from './amqp-consumption.ts';
import type { AmqpLink } from './amqp-link.ts';
import type { BrokerAddress } from './amqp-secret.ts';
import { lookAt, type Names } from './amqp-topology.ts';
import type { QueueDepth } from './bus.ts';

// What the broker says of itself, in sentences for /health, and how much waits there.

export type Faults = Map<string, { otherwise: boolean; fault: string }>;

type WatchNeeds = {
  link: AmqpLink;
  names: Names;
  faults: Faults;
  consumptions: ReadonlySet<AmqpConsumption>;
  address: () => Promise<BrokerAddress>;
  clock: Clock;
};

export function makeWatch({ link, names, faults, consumptions, address, clock }: WatchNeeds) {
  const known = new Map<string, { waiting: number; since: string | null }>();

  /** Tags of the consumers that the management API knows, or undefined where it is not given or does not answer. */
  async function reportedTags(): Promise<Set<string> | undefined> {
    try {
      const { url, managementUrl } = await address();
      if (!managementUrl) return undefined;
      const target = new URL(managementUrl);
      const login = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`;
      const vhost = decodeURIComponent(new URL(url).pathname.slice(1)) || '/';
      const base = `${target.origin}${target.pathname.replace(/\/$/, '')}`;
      const response = await fetch(`${base}/api/consumers/${encodeURIComponent(vhost)}`, {
        headers: { authorization: `Basic ${Buffer.from(login).toString('base64')}` },
        signal: AbortSignal.timeout(1000),
      });
      if (!response.ok) return undefined;
      const list = (await response.json()) as { consumer_tag: string }[];
      return new Set(list.map((each) => each.consumer_tag));
    } catch {
      return undefined;
    }
  }

  /** Consumers of ours that the broker does not have. */
  async function missing(): Promise<AmqpConsumption[]> {
    const connection = link.now()?.consuming;
    if (!connection || consumptions.size === 0) return [];
    const tags = await reportedTags();
    const lacks = async (consumption: AmqpConsumption) => {
      if (!consumption.attached()) return true;
      // The statistics of the management API are seconds late; the queue itself is not.
      if (tags?.has(consumption.tag)) return false;
      return ((await lookAt(connection, names.queue(consumption.queue)))?.consumerCount ?? 0) === 0;
    };
    const each = [...consumptions];
    const lacking = await Promise.all(each.map(lacks));
    return each.filter((_, i) => lacking[i]);
  }

  return {
    missing,
    async depth(queues: readonly string[]): Promise<QueueDepth[]> {
      const connection = link.now()?.consuming;
      return Promise.all(
        queues.map(async (queue) => {
          const before = known.get(queue) ?? { waiting: 0, since: null };
          // While the broker is away, what was known of it last.
          const seen = connection && (await lookAt(connection, names.queue(queue)).catch(() => null));
          if (seen === null || !connection) return { queue, waiting: before.waiting, oldestAt: before.since };
          const waiting = seen?.messageCount ?? 0;
          // A quorum queue does not tell the age of its first message. It is no older than the look that found it
          // empty, and younger than what was taken last.
          const reached = [...consumptions].find((each) => each.queue === queue)?.reached();
          const since = before.since ?? clock.now().toString();
          const oldestAt = waiting === 0 ? null : reached && reached > since ? reached : since;
          known.set(queue, { waiting, since: oldestAt });
          return { queue, waiting, oldestAt };
        }),
      );
    },
    async check(): Promise<{ ok: true } | { ok: false; reason: string }> {
      const state = link.state();
      if (state.name === 'away') {
        const seconds = Math.round(clock.now().since(state.since).total('seconds'));
        const reason = `RabbitMQ is away since ${seconds} s (${state.reason}). Events wait in the outbox and go on by themselves when it is back. Start it, or correct the secret services/rabbitmq-connection.`;
        return { ok: false, reason };
      }
      const reasons = [...faults.values()].map(({ fault }) => fault);
      if (state.name === 'blocked')
        reasons.push(
          `RabbitMQ takes no events (${state.reason}). They wait in the outbox. Free memory or disk space there, or raise its limit.`,
        );
      const connection = link.now()?.consuming;
      const net = connection && (await lookAt(connection, names.net));
      if (net && net.messageCount > 0)
        reasons.push(
          `${net.messageCount} messages lie in ${names.net}, the last net of RabbitMQ: handed over too often, or no events of ours. See there what they are, and move them back to the queue that their x-death header names, or delete them.`,
        );
      const lacking = await missing();
      if (lacking.length > 0)
        reasons.push(
          `RabbitMQ has no consumer of this process at ${lacking.map(({ queue }) => names.queue(queue)).join(', ')}; it is made again within seconds.`,
        );
      return reasons.length === 0 ? { ok: true } : { ok: false, reason: reasons.join(' ') };
    },
  };
}
