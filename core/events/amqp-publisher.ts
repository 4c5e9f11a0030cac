import type { ConfirmChannel } from 'amqplib';
import { toMessage } from './amqp-message.ts';
import { BusAway } from './bus.ts';
import type { Envelope } from './envelope.ts';

// Publishing on one confirming channel. It promises that `publish` resolves only when the broker has all of a batch in
// every queue bound to it, and that it never waits for a broker that takes nothing.

const confirmMilliseconds = 20_000;

export type Publisher = {
  publish(envelopes: readonly Envelope[]): Promise<void>;
  /** Those that wait are told; what the broker took nevertheless comes twice, and the inbox knows it. */
  giveUp(reason: string): void;
};

export function makePublisher(
  channel: ConfirmChannel,
  needs: {
    exchange: string;
    /** Whether a queue has to be bound to the type: coming back, it says that somebody removed one. */
    isBound: (type: string) => boolean;
    failed: (reason: string) => void;
  },
): Publisher {
  const waiting = new Set<(error: Error) => void>();
  const returned = new Set<string>();
  let room: PromiseWithResolvers<void> | undefined;
  let over: string | undefined;
  channel.on('return', (message) => returned.add(String(message.properties.messageId)));
  channel.on('drain', () => {
    room?.resolve();
    room = undefined;
  });

  function giveUp(reason: string): void {
    for (const reject of waiting) reject(new BusAway(reason));
    room?.resolve();
    room = undefined;
  }
  channel.on('error', (error: Error) => {
    over = error.message;
  });
  channel.on('close', () => {
    over ??= 'The channel was closed.';
    giveUp(over);
    needs.failed(over);
  });

  async function send(envelopes: readonly Envelope[], failed: () => Error | undefined): Promise<Promise<void>[]> {
    const confirms: Promise<void>[] = [];
    for (const envelope of envelopes) {
      if (failed()) break;
      const { content, options } = toMessage(envelope);
      const confirm = Promise.withResolvers<void>();
      confirm.promise.catch(() => undefined);
      confirms.push(confirm.promise);
      const goesOn = channel.publish(
        needs.exchange,
        envelope.type,
        content,
        { ...options, mandatory: needs.isBound(envelope.type) },
        (error) => (error ? confirm.reject(error) : confirm.resolve()),
      );
      if (!goesOn) {
        room ??= Promise.withResolvers();
        await room.promise;
      }
    }
    return confirms;
  }

  return {
    giveUp,
    async publish(envelopes) {
      if (over !== undefined) {
        needs.failed(over);
        throw new BusAway(over);
      }
      const end = Promise.withResolvers<never>();
      end.promise.catch(() => undefined);
      let failure: Error | undefined;
      const fail = (error: Error) => {
        failure = error;
        end.reject(error);
      };
      waiting.add(fail);
      const timer = setTimeout(() => {
        fail(new BusAway(`RabbitMQ did not confirm within ${confirmMilliseconds / 1000} s.`));
      }, confirmMilliseconds);
      try {
        const sent = send(envelopes, () => failure).then((confirms) => Promise.all(confirms));
        await Promise.race([sent, end.promise]);
      } finally {
        clearTimeout(timer);
        waiting.delete(fail);
      }
      const lost = envelopes.filter(({ id }) => returned.delete(id));
      if (lost.length === 0) return;
      const reason = `No queue took ${lost[0]!.type}: somebody removed one or its binding. They are made again.`;
      needs.failed(reason);
      throw new BusAway(reason);
    },
  };
}
