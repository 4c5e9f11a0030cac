import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareServers } from '../outage/servers.ts';
import { temporaryFolder, testPrefix } from '../testing/server.ts';
import { makeChildren } from './children.ts';
import { eventDelay } from './event-delay.ts';
import { type Burst, burst, median, residentMegabytes, type Target } from './load.ts';

// `npm run bench`: ratios against a bare server in the same run, interleaved, since what a second gives on a shared
// machine says little by itself. With `-- --services` the platform stands on the real servers of the environment.

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const folder = temporaryFolder();
const services = process.argv.includes('--services') ? await prepareServers(testPrefix()) : undefined;
const children = makeChildren(folder);

const say = (line: string) => process.stdout.write(`${line}\n`);
const row = (...cells: (string | number)[]) => say(`| ${cells.join(' | ')} |`);

/** Prints the row and gives our p99. A server that fails is fast: then there is nothing to compare with. */
async function compare(name: string, ours: Target, bare: Target, aim: number): Promise<number> {
  const results: { ours: Burst[]; bare: Burst[] } = { ours: [], bare: [] };
  await burst(ours, 1);
  await burst(bare, 1);
  for (let round = 0; round < rounds; round += 1) {
    results.ours.push(await burst(ours, seconds));
    results.bare.push(await burst(bare, seconds));
  }
  const of = (list: Burst[], key: keyof Burst) => median(list.map((each) => each[key]));
  const ratio = of(results.ours, 'perSecond') / of(results.bare, 'perSecond');
  const failedOf = (list: Burst[]) => list.reduce((sum, each) => sum + each.failed, 0);
  if (failedOf(results.bare) > 0 || of(results.bare, 'perSecond') === 0)
    throw new Error(`The bare server failed ${failedOf(results.bare)} requests of “${name}”: there is no ratio.`);
  row(
    name,
    Math.round(of(results.ours, 'perSecond')),
    Math.round(of(results.bare, 'perSecond')),
    ratio.toFixed(2),
    aim,
    ratio >= aim ? 'yes' : '**no**',
    Math.round(of(results.ours, 'microseconds')),
    Math.round(of(results.bare, 'microseconds')),
    of(results.ours, 'p99'),
    failedOf(results.ours),
  );
  return of(results.ours, 'p99');
}

try {
  const served = children.start('served-platform.ts', {
    ...services?.env,
    TC_DATA: folder,
    BENCH_PLUGINS: 'tasks,notifications',
    TC_RATE_LIMIT: '1000000',
  });
  const about = await served.told;
  const base = `http://127.0.0.1:${about.port}`;
  const pid = served.child.pid!;
  await pause(5000);
  const rest = residentMegabytes(pid);

  const bare = children.start('bare-server.ts', {
    BARE_DATABASE: about.database!,
    BARE_TOKEN: about.token!,
    BARE_ORGANISATION: about.organisation!,
  });
  const bareBase = `http://127.0.0.1:${(await bare.told).port}`;
  const ours = (path: string, body?: string): Target => ({
    pid,
    url: base + path,
    token: about.token!,
    ...(body ? { method: 'POST', body } : {}),
  });
  const theirs = (path: string, body?: string): Target => ({
    pid: bare.child.pid!,
    url: bareBase + path,
    token: about.token!,
    ...(body ? { method: 'POST', body } : {}),
  });

  // Sequential creates: the delay of an event when nothing else waits.
  for (let i = 0; i < 300; i += 1) {
    await fetch(`${base}/api/tasks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${about.token}`, 'content-type': 'application/json' },
      body: '{"title":"One"}',
    });
    await pause(5);
  }
  await pause(500);
  const delay = await eventDelay(base, 'task-created-queue');

  say('| what | req/s | bare req/s | ratio | aim | reached | CPU µs/req | bare CPU µs/req | p99 ms | failed |');
  say('|---|---|---|---|---|---|---|---|---|---|');
  const listP99 = await compare('list of 20 tasks', ours('/api/tasks?limit=20'), theirs('/tasks'), 0.6);
  await compare('get one task', ours(`/api/tasks/${about.taskId}`), theirs(`/tasks/${about.taskId}`), 0.5);
  const body = JSON.stringify({ title: 'Buy webbing' });
  await compare('create, with its outbox row', ours('/api/tasks', body), theirs('/tasks?outbox=1', body), 0.5);
  const loaded = residentMegabytes(pid);

  // Switching a plugin under load of another.
  const load = burst(ours('/api/tasks?limit=20'), 6, 16);
  await pause(1000);
  const took: number[] = [];
  for (const verb of ['disable', 'enable', 'disable', 'enable'] as const) {
    const began = performance.now();
    const answer = await fetch(`${base}/api/platform/plugins/notifications/${verb}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${about.token}` },
    });
    const { state } = (await answer.json()) as { state: string };
    const { status } = await fetch(`${base}/api/notifications/count`, {
      headers: { authorization: `Bearer ${about.token}` },
    });
    if ((verb === 'enable') !== (status === 200))
      throw new Error(`After ${verb} the plugin is ${state} and answers ${status}.`);
    took.push(performance.now() - began);
  }
  const during = await load;
  await pause(60_000);
  const after = residentMegabytes(pid);

  say('');
  say('| what | measured | aim | reached |');
  say('|---|---|---|---|');
  const figure = (name: string, value: number, unit: string, aim: number) =>
    row(
      name,
      `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`,
      `≤ ${aim} ${unit}`,
      value <= aim ? 'yes' : '**no**',
    );
  figure(`event: publish to the handler's commit, median of ${delay.count}`, delay.median, 'ms', 20);
  figure('list of 20 tasks, p99', listP99, 'ms', 30);
  figure('memory at rest', rest, 'MB', 140);
  figure('memory under load', loaded, 'MB', 250);
  figure('memory 60 s after load', after, 'MB', 140);
  figure('switching a plugin, slowest of 4', Math.max(...took), 'ms', 1000);
  figure('failed requests of others meanwhile', during.failed, '', 0);
} finally {
  await children[Symbol.asyncDispose]();
  await services?.remove();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
