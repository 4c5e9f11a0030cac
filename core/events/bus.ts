import type { Envelope } from './envelope.ts';

// The port to the bus: named durable queues bound to types of events. It promises delivery at least once and order
// within a queue. Retries, parking and dead letters are not its business: those live with the consumer.
//
// Written from both sides' manuals: with AMQP 0-9-1 `declare` is queue.declare + queue.bind on a topic exchange,
// `publish` resolves on publisher confirms, `consume` acks a batch when `take` resolves and keeps it for another
// attempt when it throws.

export type QueueSpec = { queue: string; plugin: string; types: readonly string[] };

/** `oldestAt` is null where nothing waits; with a broker it is told by when the queue was last seen empty. */
export type QueueDepth = { queue: string; waiting: number; oldestAt: string | null };

export type Consumption = {
  /** For tests: resolves when nothing is being carried. */
  idle(): Promise<void>;
  wake(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

/** The bus takes nothing at the moment; what was to be published stays where it is. The message says why. */
export class BusAway extends Error {
  override name = 'BusAway';
}

export type Bus = {
  /** Whether publishing can succeed now; while it cannot, events wait in the outbox and nobody tries in vain. */
  accepts(): boolean;
  /** Makes queues and bindings that are missing, and never removes any. A queue of another plugin is refused. */
  declare(queues: readonly QueueSpec[]): Promise<void>;
  /** Removes a queue of a plugin that was never on, with what lies in it. */
  withdraw(queue: QueueSpec): Promise<void>;
  /** Resolves when all are stored in every queue bound to their types. */
  publish(envelopes: readonly Envelope[]): Promise<void>;
  /** Hands over batches in order; one consumer at a time has a queue. */
  consume(queue: string, take: (envelopes: Envelope[]) => Promise<void>): Promise<Consumption>;
  depth(queues: readonly string[]): Promise<QueueDepth[]>;
  /** The queues in which an event waits now; null where the bus cannot tell. */
  waitsIn(eventId: string): Promise<string[] | null>;
  check(): Promise<{ ok: true } | { ok: false; reason: string }>;
  [Symbol.asyncDispose](): Promise<void>;
};
