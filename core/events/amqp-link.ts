import type { Log } from '@task-connect/sdk';
import { type ChannelModel, connect } from 'amqplib';

// A connection to a broker that comes back by itself. It promises that `setup` has run on every connection before
// anybody else is given it, and that who asks while there is none is told why, at once.
// The reconnecting is amqplib's own recovery.

/** The broker cannot be asked now; it passes by itself. */
export class BusAway extends Error {
  override name = 'BusAway';
}

export type AmqpLink = {
  /** @throws BusAway while there is no connection. */
  model(): ChannelModel;
  /** Why the broker takes no messages now (`connection.blocked`), such as a full disk; undefined when it does. */
  blocked(): string | undefined;
  /** Why there is no connection; undefined when there is one. */
  trouble(): string | undefined;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function makeAmqpLink(needs: {
  url: string;
  /** PEM of the authority of the broker’s certificate. */
  ca?: string | undefined;
  /** Shown by the broker. */
  name: string;
  setup: (model: ChannelModel) => Promise<void>;
  log: Log;
}): Promise<AmqpLink> {
  const where = new URL(needs.url).host;
  let model: ChannelModel | undefined;
  let blocked: string | undefined;
  let trouble: string | undefined = 'it is being connected';
  let firstTry = Promise.withResolvers<void>();

  const link = await connect(needs.url, {
    timeout: 10_000,
    ...(needs.ca ? { ca: [needs.ca] } : {}),
    clientProperties: { connection_name: needs.name },
    recovery: { waitForConnect: false, initialDelay: 200, maxDelay: 5000, setup: needs.setup },
  });
  link.on('connect', (connected) => {
    model = connected;
    if (trouble !== undefined) needs.log.info({ broker: where, connection: needs.name }, 'RabbitMQ is connected');
    trouble = undefined;
    firstTry.resolve();
  });
  const lost = (error?: Error) => {
    model = undefined;
    blocked = undefined;
    const reason = (error as NodeJS.ErrnoException)?.code ?? error?.message ?? 'the connection was closed';
    if (reason !== trouble) needs.log.warn({ broker: where, connection: needs.name, reason }, 'RabbitMQ is away');
    trouble = reason;
    firstTry.resolve();
  };
  link.on('disconnect', lost);
  link.on('connect-failed', lost);
  // Told by `disconnect` as well; without a listener it would end the process.
  link.on('error', () => undefined);
  link.on('blocked', (reason) => {
    blocked = reason;
    needs.log.warn({ broker: where, reason }, 'RabbitMQ takes no messages now; events wait in their outboxes');
  });
  link.on('unblocked', () => {
    blocked = undefined;
    needs.log.info({ broker: where }, 'RabbitMQ takes messages again');
  });
  // A broker that is there is connected before the first who asks; one that is away is not waited for.
  const impatient = setTimeout(() => firstTry.resolve(), 5000);
  await firstTry.promise;
  clearTimeout(impatient);
  firstTry = Promise.withResolvers();

  return {
    model() {
      if (!model) throw new BusAway(`RabbitMQ at ${where} is away: ${trouble}.`);
      return model;
    },
    blocked: () => blocked,
    trouble: () => (trouble === undefined ? undefined : `RabbitMQ at ${where} is away: ${trouble}.`),
    async [Symbol.asyncDispose]() {
      model = undefined;
      await link.close().catch(() => undefined);
    },
  };
}
