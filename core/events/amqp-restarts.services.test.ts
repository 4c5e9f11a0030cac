import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testDatabases } from '../testing/databases.ts';
import { serverControl } from '../testing/real-servers.ts';
import { testPrefix } from '../testing/server.ts';
import { until } from '../testing/until.ts';
import type { Bus } from './bus.ts';
import { openAmqpBus, removeFromBroker } from './test-broker.ts';
import { streamThrough } from './test-stream.ts';

// Each restart takes some seconds; this file takes minutes.

const broker = serverControl('rabbitmq');
const prefix = testPrefix();
let made: Awaited<ReturnType<typeof testDatabases>>;
let bus: Bus;

before(async () => {
  made = await testDatabases([]);
  bus = await openAmqpBus(made.platform, prefix);
});
after(async () => {
  await broker.start();
  await bus[Symbol.asyncDispose]();
  await removeFromBroker(prefix);
  await made.pools[Symbol.asyncDispose]();
});

async function through(queue: string, times: number, outage: () => Promise<void>) {
  await bus.declare([{ queue, plugin: 'test', types: [`${queue}.made`] }]);
  await using stream = await streamThrough(bus, queue, `${queue}.made`);
  for (let time = 0; time < times; time += 1) {
    await until(() => stream.seen() > 0, 'events flow at all');
    const before = stream.seen();
    await until(() => stream.seen() > before + 100, `events flow before outage ${time + 1}`);
    await outage();
    const back = stream.seen();
    await until(() => stream.seen() > back + 100, `events flow after outage ${time + 1}`);
    await until(async () => (await bus.check()).ok, `all is well after outage ${time + 1}`);
  }
  await stream.stop();
  await until(() => stream.seen() >= stream.confirmed(), 'all have come');
  assert.ok(stream.refused() >= times, 'each outage was felt');
  stream.prove();
  return stream.confirmed();
}

test('20 restarts in a row lose nothing, change no order, and bring the consumers back', {
  timeout: 600_000,
}, async (t) => {
  t.diagnostic(`${await through('restarts', 20, broker.restart)} events`);
});

test('a broker that is killed while events are published loses none that it confirmed', {
  timeout: 120_000,
}, async (t) => {
  // RabbitMQ 3.10 can lose the leader of a queue that it made within seconds before it is killed; this one is older.
  await bus.declare([{ queue: 'kills', plugin: 'test', types: ['kills.made'] }]);
  await broker.restart();
  await until(async () => (await bus.check()).ok, 'the broker is back');
  const count = await through('kills', 3, async () => {
    broker.kill();
    await until(() => !bus.accepts(), 'the bus knows it');
    await broker.start();
  });
  t.diagnostic(`${count} events`);
});

test('a broker that stops answering holds no publisher for ever, and goes on where it was', {
  timeout: 180_000,
}, async () => {
  await through('pauses', 1, async () => {
    broker.pause();
    try {
      await until(() => !bus.accepts(), 'the heart beats no more', 60);
      const { ok } = await bus.check();
      assert.equal(ok, false);
    } finally {
      broker.resume();
    }
  });
});
