import { addressOf } from '../testing/real-servers.ts';

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
