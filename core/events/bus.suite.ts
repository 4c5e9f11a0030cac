import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Bus } from './bus.ts';
import { type Envelope, sequenceText } from './envelope.ts';

/** What every bus must do; an adapter’s test is three lines. `again` opens a second door to the same bus. */
export function busSuite(
  name: string,
  make: () => Promise<{ bus: Bus; again: () => Promise<Bus>; end: () => Promise<void> }>,
) {
  let made: Awaited<ReturnType<typeof make>>;
  let place = 0;
  before(async () => {
    made = await make();
  });
  after(() => made.end());

  const envelope = (type: string, data: Record<string, unknown> = {}): Envelope => {
    place += 1;
    return {
      specversion: '1.0',
      id: randomUUID(),
      source: '/plugins/test',
      type,
      subject: 'one',
      time: '2026-11-25T10:00:00Z',
      datacontenttype: 'application/json',
      dataversion: 1,
      sequence: sequenceText(place),
      organisation: randomUUID(),
      actor: null,
      onbehalfof: null,
      traceparent: null,
      data,
    };
  };
  const queueFor = async (...types: string[]) => {
    const queue = `q-${randomUUID()}`;
    await made.bus.declare([{ queue, plugin: 'test', types }]);
    return queue;
  };
  /** Consumes until so many have come. */
  async function collect(
    bus: Bus,
    queue: string,
    count: number,
    fail?: (seen: number) => boolean,
  ): Promise<Envelope[]> {
    const seen: Envelope[] = [];
    let calls = 0;
    const all = Promise.withResolvers<void>();
    await using _ = await bus.consume(queue, async (envelopes) => {
      calls += 1;
      if (fail?.(calls)) throw new Error('not now');
      seen.push(...envelopes);
      if (seen.length >= count) all.resolve();
    });
    await all.promise;
    return seen;
  }

  test(`${name}: a message reaches every queue bound to its type, and no other`, async () => {
    const [a, b, other] = [await queueFor('x.made'), await queueFor('x.made', 'x.gone'), await queueFor('x.gone')];
    const message = envelope('x.made', { text: 'ä 测试 \u{1f600}' });
    await made.bus.publish([message]);
    assert.deepEqual(await collect(made.bus, a, 1), [message]);
    assert.deepEqual(await collect(made.bus, b, 1), [message]);
    assert.deepEqual(
      (await made.bus.depth([other])).map((each) => each.waiting),
      [0],
    );
  });

  test(`${name}: order within a queue is that of publishing`, async () => {
    const queue = await queueFor('y.made');
    const messages = Array.from({ length: 500 }, () => envelope('y.made'));
    for (let i = 0; i < messages.length; i += 50) await made.bus.publish(messages.slice(i, i + 50));
    const seen = await collect(made.bus, queue, messages.length);
    assert.deepEqual(
      seen.map((each) => each.id),
      messages.map((each) => each.id),
    );
  });

  test(`${name}: a queue without a consumer keeps its messages, counts them, and hands them over later`, async () => {
    const queue = await queueFor('z.made');
    await made.bus.publish([envelope('z.made'), envelope('z.made')]);
    const [depth] = await made.bus.depth([queue]);
    assert.equal(depth?.waiting, 2);
    assert.ok(depth?.oldestAt);
    assert.equal((await collect(made.bus, queue, 2)).length, 2);
    assert.equal((await made.bus.depth([queue]))[0]?.waiting, 0);
  });

  test(`${name}: a batch that could not be taken comes again`, async () => {
    const queue = await queueFor('w.made');
    const message = envelope('w.made');
    await made.bus.publish([message]);
    assert.deepEqual(
      (await collect(made.bus, queue, 1, (calls) => calls < 3)).map((each) => each.id),
      [message.id],
    );
  });

  test(`${name}: two processes that consume one queue take each message once between them`, async () => {
    const queue = await queueFor('v.made');
    const second = await made.again();
    const messages = Array.from({ length: 300 }, () => envelope('v.made'));
    const seen: string[] = [];
    const all = Promise.withResolvers<void>();
    const take = async (envelopes: Envelope[]) => {
      seen.push(...envelopes.map((each) => each.id));
      if (seen.length >= messages.length) all.resolve();
    };
    const consumptions = [await made.bus.consume(queue, take), await second.consume(queue, take)];
    for (const message of messages) await (Math.random() < 0.5 ? made.bus : second).publish([message]);
    await all.promise;
    for (const consumption of consumptions) await consumption[Symbol.asyncDispose]();
    await second[Symbol.asyncDispose]();
    assert.equal(new Set(seen).size, messages.length);
    assert.equal(seen.length, messages.length);
  });

  test(`${name}: declaring again changes nothing, and withdrawing takes what lies there`, async () => {
    const queue = await queueFor('u.made');
    const spec = { queue, plugin: 'test', types: ['u.made'] };
    await made.bus.declare([spec]);
    await made.bus.publish([envelope('u.made')]);
    assert.equal((await made.bus.depth([queue]))[0]?.waiting, 1);
    await made.bus.withdraw(spec);
    await made.bus.publish([envelope('u.made')]);
    assert.equal((await made.bus.depth([queue]))[0]?.waiting, 0);
    assert.deepEqual(await made.bus.check(), { ok: true });
    assert.equal(made.bus.accepts(), true);
  });

  test(`${name}: what is in hand when consuming ends is finished, and the next one goes on after it`, async () => {
    const queue = await queueFor('t.made');
    const messages = Array.from({ length: 1000 }, () => envelope('t.made'));
    await made.bus.publish(messages);
    const seen: string[] = [];
    const begun = Promise.withResolvers<void>();
    const first = await made.bus.consume(queue, async (envelopes) => {
      begun.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(...envelopes.map((each) => each.id));
    });
    await begun.promise;
    await first[Symbol.asyncDispose]();
    const before = seen.length;
    assert.ok(before > 0 && before < messages.length, `${before} were taken`);
    seen.push(...(await collect(made.bus, queue, messages.length - before)).map((each) => each.id));
    assert.deepEqual(
      seen,
      messages.map((each) => each.id),
    );
  });

  test(`${name}: a queue of another plugin is neither taken nor withdrawn`, async () => {
    const queue = await queueFor('v.made');
    const foreign = { queue, plugin: 'other', types: ['v.made'] };
    await made.bus.publish([envelope('v.made')]);
    await assert.rejects(made.bus.declare([foreign]), /is that of test/);
    await made.bus.withdraw(foreign);
    assert.equal((await made.bus.depth([queue]))[0]?.waiting, 1);
  });
}
