import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bus } from './bus.ts';
import { type Envelope, sequenceText } from './envelope.ts';

const keys = ['a', 'b', 'c', 'd', 'e'];

export const testEnvelope = (type: string, place: number, data: Record<string, unknown> = {}): Envelope => ({
  specversion: '1.0',
  id: randomUUID(),
  source: '/plugins/test',
  type,
  subject: keys[place % keys.length]!,
  time: Temporal.Now.instant().toString(),
  datacontenttype: 'application/json',
  dataversion: 1,
  sequence: sequenceText(place),
  organisation: randomUUID(),
  actor: null,
  onbehalfof: null,
  traceparent: null,
  data,
});

/**
 * Publishes without end as a relay does: batch after batch, one that failed again from its beginning. What comes back is
 * noted without what came twice, as an inbox notes it.
 */
export async function streamThrough(bus: Bus, queue: string, type: string) {
  let running = true;
  let confirmed = 0;
  let refused = 0;
  const seen: string[] = [];
  const known = new Set<string>();
  const consumption = await bus.consume(queue, async (envelopes) => {
    for (const { sequence } of envelopes) {
      if (!known.has(sequence)) seen.push(sequence);
      known.add(sequence);
    }
  });
  const publishing = (async () => {
    while (running) {
      const batch = Array.from({ length: 20 }, (_, i) => testEnvelope(type, confirmed + i));
      while (running) {
        try {
          await bus.publish(batch);
          confirmed += batch.length;
          break;
        } catch {
          refused += 1;
          await pause(20);
        }
      }
      await pause(5);
    }
  })();
  return {
    confirmed: () => confirmed,
    refused: () => refused,
    seen: () => seen.length,
    async stop() {
      running = false;
      await publishing;
    },
    /** All that was confirmed has come, and each key in its order. */
    prove() {
      const missing = Array.from({ length: confirmed }, (_, i) => sequenceText(i)).filter((each) => !known.has(each));
      assert.deepEqual(missing, [], 'confirmed and lost');
      for (let key = 0; key < keys.length; key += 1) {
        const ofKey = seen.filter((each) => Number(each) % keys.length === key);
        assert.deepEqual(ofKey, ofKey.toSorted(), `order of the key ${keys[key]}`);
      }
    },
    async [Symbol.asyncDispose]() {
      running = false;
      await publishing;
      await consumption[Symbol.asyncDispose]();
    },
  };
}
