import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { connect as connectPlain, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { testDatabases } from '../testing/databases.ts';
import { addressOf } from '../testing/real-servers.ts';
import { temporaryFolder, testPrefix } from '../testing/server.ts';
import { until } from '../testing/until.ts';
import type { Bus } from './bus.ts';
import { recordQueues } from './bus-table.ts';
import { atBroker, manage, openAmqpBus, rabbitmqctl, removeFromBroker } from './test-broker.ts';
import { streamThrough, testEnvelope } from './test-stream.ts';

const prefix = testPrefix();
let made: Awaited<ReturnType<typeof testDatabases>>;
let bus: Bus;

before(async () => {
  made = await testDatabases([]);
  bus = await openAmqpBus(made.platform, prefix, { managementUrl: process.env.RABBITMQ_MANAGEMENT_URL! });
});
after(async () => {
  await bus[Symbol.asyncDispose]();
  await removeFromBroker(prefix);
  await made.pools[Symbol.asyncDispose]();
});

const reasonOf = async () => {
  const found = await bus.check();
  return found.ok ? '' : found.reason;
};

for (const [what, block, free] of [
  ['memory', ['set_vm_memory_high_watermark', '0.00001'], ['set_vm_memory_high_watermark', '0.4']],
  ['disk', ['set_disk_free_limit', '999GB'], ['set_disk_free_limit', '50MB']],
] as const) {
  test(`a broker that is short of ${what} holds publishers, not consumers, and says so`, {
    timeout: 120_000,
  }, async () => {
    const queue = `short-of-${what}`;
    await bus.declare([{ queue, plugin: 'test', types: [`${queue}.made`] }]);
    await using stream = await streamThrough(bus, queue, `${queue}.made`);
    await until(() => stream.seen() > 50, 'events flow');
    try {
      await rabbitmqctl(...block);
      await until(() => !bus.accepts(), 'it takes nothing more');
      assert.match(await reasonOf(), new RegExp(`takes no events .*${what}.*wait in the outbox`));
      // What it has is still handed over and acknowledged, on the other connection.
      await until(async () => (await bus.depth([queue]))[0]?.waiting === 0, 'the queue is emptied');
    } finally {
      await rabbitmqctl(...free);
    }
    await until(() => bus.accepts(), 'it takes events again');
    const back = stream.seen();
    await until(() => stream.seen() > back + 50, 'events flow again');
    await stream.stop();
    await until(() => stream.seen() >= stream.confirmed(), 'all have come');
    assert.ok(stream.refused() > 0);
    stream.prove();
    assert.equal(await reasonOf(), '');
  });
}

test('a queue with other arguments is told of, used, never deleted, and hurts no other', async () => {
  const [strange, good] = ['strange', 'good'];
  await atBroker(async (channel) => {
    await channel.assertQueue(prefix + strange, { durable: true });
    channel.sendToQueue(prefix + strange, Buffer.from('of somebody else'), { persistent: true });
    await channel.waitForConfirms();
  });
  await bus.declare([
    { queue: strange, plugin: 'test', types: ['odd.made'] },
    { queue: good, plugin: 'test', types: ['odd.made'] },
  ]);
  const seen: Record<string, string[]> = { strange: [], good: [] };
  const message = testEnvelope('odd.made', 1);
  const consume = (queue: string) =>
    bus.consume(queue, async (envelopes) => void seen[queue]!.push(...envelopes.map(({ id }) => id)));
  const consumptions = [await consume(strange), await consume(good)];
  await bus.publish([message]);
  await until(() => seen.strange!.length > 0 && seen.good!.length > 0, 'both queues bring the event');
  assert.deepEqual(seen, { strange: [message.id], good: [message.id] });
  assert.match(await reasonOf(), new RegExp(`The queue ${prefix}strange is there with other arguments .*delete it`));
  for (const consumption of consumptions) await consumption[Symbol.asyncDispose]();
  const kept = await atBroker((channel) => channel.get(prefix + strange, { noAck: true }));
  assert.ok(kept);
  assert.equal(kept.content.toString(), 'of somebody else');
  // What the sentence says helps.
  await atBroker((channel) => channel.deleteQueue(prefix + strange));
  await until(async () => (await reasonOf()) === '', 'it is made anew');
});

test('a message that is no event falls into the net, and that is told', async () => {
  await bus.declare([{ queue: 'netted', plugin: 'test', types: ['netted.made'] }]);
  const seen: string[] = [];
  await using _ = await bus.consume('netted', async (envelopes) => void seen.push(...envelopes.map(({ id }) => id)));
  const message = testEnvelope('netted.made', 1);
  await atBroker(async (channel) => {
    channel.sendToQueue(`${prefix}netted`, Buffer.from('{"specversion":"1.0"}'), { persistent: true });
    await channel.waitForConfirms();
  });
  await bus.publish([message]);
  await until(async () => /1 messages lie in/.test(await reasonOf()), 'the net is seen');
  assert.deepEqual(seen, [message.id]);
  await atBroker((channel) => channel.purgeQueue(`${prefix}task-connect-dead-letters`));
  assert.equal(await reasonOf(), '');
});

test('a queue that somebody deletes is made again, with its consumer, and no event is lost after that', async () => {
  await bus.declare([{ queue: 'deleted', plugin: 'test', types: ['deleted.made'] }]);
  await using stream = await streamThrough(bus, 'deleted', 'deleted.made');
  await until(() => stream.seen() > 50, 'events flow');
  await stream.stop();
  await until(() => stream.seen() >= stream.confirmed(), 'all have come');
  await atBroker((channel) => channel.deleteQueue(`${prefix}deleted`));
  const seen = stream.seen();
  const more = testEnvelope('deleted.made', 1_000_000);
  await until(
    () =>
      bus.publish([more]).then(
        () => true,
        () => false,
      ),
    'it is taken',
  );
  await until(() => stream.seen() === seen + 1, 'it comes');
  await until(async () => (await reasonOf()) === '', 'all is well');
});

test('a queue that another process wrote down while it could not reach the broker is made by this one', async () => {
  await recordQueues(made.platform, [{ queue: 'told', plugin: 'test', types: ['told.made'] }]);
  await made.platform.notify('tc_bus_queues', '');
  await until(
    () =>
      manage('GET', `queues/%2F/${prefix}told`).then(
        () => true,
        () => false,
      ),
    'it is there',
  );
});

test('the connection is encrypted, and only with an authority that is known', async () => {
  const folder = temporaryFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const fresh = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  execFileSync('openssl', [...fresh, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const target = new URL(addressOf('rabbitmq'));
  const sockets = new Set<Socket>();
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
    const plain = connectPlain(Number(target.port), target.hostname);
    for (const each of [socket, plain]) {
      sockets.add(each);
      each.on('error', () => undefined);
    }
    socket.pipe(plain).pipe(socket);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const url = `amqps://${target.username}:${target.password}@localhost:${port}`;
  try {
    const trusting = await openAmqpBus(made.platform, prefix, { url, ca: readFileSync(cert, 'utf8') });
    assert.equal(trusting.accepts(), true);
    await trusting.publish([testEnvelope('nobody.reads', 1)]);
    await trusting[Symbol.asyncDispose]();
    const wary = await openAmqpBus(made.platform, prefix, { url });
    assert.equal(wary.accepts(), false);
    const found = await wary.check();
    assert.match(found.ok ? '' : found.reason, /self-signed certificate/);
    await wary[Symbol.asyncDispose]();
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a secret that is missing is no outage: it is said at the start, with the command that writes it', async () => {
  await assert.rejects(openAmqpBus(made.platform, prefix, { url: 'http://x' }), /rabbitmq-connection.*secret set/);
});
