import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from 'amqplib';
import type { Database } from '../database/database.ts';
import { machineClock } from '../testing/clock.ts';
import { quietLog } from '../testing/databases.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { addressOf } from '../testing/real-servers.ts';
import { amqpBus } from './amqp-bus.ts';
import { brokerSecret } from './amqp-secret.ts';

/** The management API of the broker of the environment. */
export async function manage(method: string, path: string): Promise<never> {
  const url = new URL(process.env.RABBITMQ_MANAGEMENT_URL ?? '');
  const authorization = `Basic ${btoa(`${url.username}:${url.password}`)}`;
  const response = await fetch(`http://${url.host}/api/${path}`, { method, headers: { authorization } });
  if (!response.ok) throw new Error(`RabbitMQ’s management answered ${response.status} to ${method} ${path}`);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as never;
}

const host = () => encodeURIComponent(decodeURIComponent(new URL(addressOf('rabbitmq')).pathname.slice(1)) || '/');

/** Deletes what a test’s buses have made. */
export async function removeFromBroker(prefix: string): Promise<void> {
  for (const kind of ['queues', 'exchanges']) {
    const all: { name: string }[] = await manage('GET', `${kind}/${host()}`);
    for (const { name } of all.filter((each) => each.name.startsWith(prefix)))
      await manage('DELETE', `${kind}/${host()}/${encodeURIComponent(name)}`);
  }
}

/** A bus on the broker of the environment, or at another address. */
export async function openAmqpBus(
  database: Database,
  prefix: string,
  { url = addressOf('rabbitmq'), ...more }: { url?: string; ca?: string; managementUrl?: string } = {},
) {
  const secrets = memorySecrets();
  await secrets.write(brokerSecret, { url, ...more });
  return amqpBus({ secrets, database, prefix, clock: machineClock, log: quietLog, random: Math.random });
}

/** Acts on the broker as any other program could, on a channel of its own. */
export async function atBroker<T>(work: (channel: import('amqplib').ConfirmChannel) => Promise<T>): Promise<T> {
  const connection = await connect(addressOf('rabbitmq'));
  connection.on('error', () => undefined);
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => undefined);
  try {
    return await work(channel);
  } finally {
    await connection.close();
  }
}

/** rabbitmqctl at that broker, which has an epmd and a cookie of its own. */
export async function rabbitmqctl(...words: string[]): Promise<string> {
  const home = join(process.env.SERVICES_HOME ?? '/var/tmp/tc-services', 'rabbitmq');
  const env = { ...process.env, HOME: home, ERL_EPMD_PORT: '14369', PATH: `/usr/lib/rabbitmq/bin:${process.env.PATH}` };
  return (await promisify(execFile)('rabbitmqctl', ['-n', 'tc@localhost', ...words], { env })).stdout;
}
