import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isSettled, ledgerAccount, ledgerFaults } from '../testing/ledger-account.ts';
import { addressOf, type ServerName, serverControl, serverVariables } from '../testing/real-servers.ts';
import { temporaryFolder, testPrefix } from '../testing/server.ts';
import { type Kind, startLoad } from './load.ts';
import { type Ledgers, startLedgers } from './processes.ts';
import { type Sight, sightOf } from './samples.ts';
import { prepareServers } from './servers.ts';

// `npm run test:outage`: two processes under load on real servers, each of which is killed, paused and restarted in
// turn. It prints the table of docs/reliability.md, and fails when anything acknowledged was lost, an effect was
// doubled, order was broken, a process ended, or something did not come back by itself.
// OUTAGE_SERVERS=redis,rabbitmq takes only those, OUTAGE_ACTS=pause only that, OUTAGE_SECONDS=600 makes them last,
// OUTAGE_WRITERS=1 writes less meanwhile.

const seconds = Number(process.env.OUTAGE_SECONDS ?? 15);
const chosen = <T extends string>(variable: string, all: readonly T[]): T[] => {
  const wanted = process.env[variable]?.split(',');
  return all.filter((each) => !wanted || wanted.includes(each));
};
const servers = chosen('OUTAGE_SERVERS', Object.keys(serverVariables) as ServerName[]);
const acts = chosen('OUTAGE_ACTS', ['kill', 'pause', 'restart'] as const);

const say = (line: string) => process.stdout.write(`${line}\n`);
const faults: string[] = [];

/** Does it, and says when it was away, in the time of the load. */
async function act(server: ServerName, how: (typeof acts)[number], now: () => number) {
  const control = serverControl(server);
  const from = now();
  if (how === 'kill') {
    control.kill();
    await pause(seconds * 1000);
    await control.stop(); // tells the tool that it is gone
    await control.start();
  } else if (how === 'pause') {
    control.pause();
    try {
      await pause(seconds * 1000);
    } finally {
      control.resume();
    }
  } else {
    await control.restart();
  }
  return { from, to: now() };
}

/** As long as it takes: what a long outage held back takes its time. Where nothing moves for a minute it is stuck. */
async function untilSettled(client: pg.Client) {
  let account = await ledgerAccount(client);
  let moved = performance.now();
  while (!isSettled(account) && performance.now() - moved < 60_000) {
    await pause(100);
    const next = await ledgerAccount(client);
    if (JSON.stringify(next) !== JSON.stringify(account)) moved = performance.now();
    account = next;
  }
  return account;
}

const asSeconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);

function cell({ served, held, failed, failedAs, slowest, backAfter }: Sight): string {
  const parts = [`${served} served`];
  if (held > 0) parts.push(`${held} × 503`);
  if (failed > 0) parts.push(`**${failed} failed (${failedAs.join(', ')})**`);
  parts.push(
    backAfter === null ? 'never away' : `back after ${asSeconds(backAfter)} s`,
    `slowest ${asSeconds(slowest)} s`,
  );
  return parts.join(', ');
}

/** Parts of /health that are not ok now. */
async function unhealthy(base: string): Promise<string> {
  try {
    const response = await fetch(`${base}/health`, { signal: AbortSignal.timeout(5000) });
    const { parts } = (await response.json()) as { parts: { name: string; state: string }[] };
    return parts.flatMap(({ name, state }) => (state === 'ok' ? [] : [`${name} ${state}`])).join(', ') || 'all ok';
  } catch {
    return 'no answer';
  }
}

async function outage(
  server: ServerName,
  how: (typeof acts)[number],
  ledgers: Ledgers,
  client: () => Promise<pg.Client>,
) {
  const load = startLoad({ ...ledgers, accounts: Number(process.env.OUTAGE_WRITERS ?? 6), run: `${server} ${how}` });
  await pause(3000);
  const healthMeanwhile = pause(seconds * 700).then(() => unhealthy(ledgers.bases[0]!));
  const span = await act(server, how, load.now);
  const said = await healthMeanwhile;
  await pause(8000);
  await load.end();
  const now = await client();
  try {
    const began = load.now();
    const account = await untilSettled(now);
    const drained = load.now() - began;
    const { wrong, lost, disorder } = await ledgerFaults(now, load.acknowledged);
    const sights = (kind: Kind) => sightOf(load.samples[kind], span);
    say(
      `| ${server} | ${how}, ${asSeconds(span.to - span.from)} s | ${cell(sights('read'))} | ${cell(sights('write'))} | ${cell(sights('sign in'))} | ${said} | ${load.acknowledged.size} acknowledged, ${lost.length} lost, ${wrong.length} not exactly once; settled ${asSeconds(drained)} s after the load |`,
    );
    const about = `${server} ${how}`;
    if (!isSettled(account)) faults.push(`${about}: not settled: ${JSON.stringify(account)}`);
    if (account.dead > 0) faults.push(`${about}: ${account.dead} dead letters`);
    if (lost.length > 0) faults.push(`${about}: ${lost.length} answered and lost`);
    if (wrong.length > 0) faults.push(`${about}: ${wrong.length} without each effect once`);
    if (disorder.length > 0) faults.push(`${about}: out of order: ${disorder.slice(0, 3).join('; ')}`);
    for (const kind of ['read', 'write', 'sign in'] as const) {
      const { failed, failedAs, backAfter } = sights(kind);
      if (failed > 0) faults.push(`${about}: ${failed} of “${kind}” failed as ${failedAs.join(', ')}`);
      if (backAfter !== null && backAfter > 10_000) faults.push(`${about}: “${kind}” was not back within 10 s`);
    }
    const gone = ledgers.gone();
    if (gone) faults.push(`${about}: ${gone}`);
  } finally {
    await now.end();
  }
}

const folder = temporaryFolder();
const prefix = testPrefix();
const prepared = await prepareServers(prefix);
try {
  await using ledgers = await startLedgers(
    {
      ...prepared.env,
      TC_DATA: folder,

      TC_LOG_LEVEL: 'warn',
      TC_RATE_LIMIT: '1000000',
      TC_ANONYMOUS_RATE_LIMIT: '1000000',
    },
    2,
    join(folder, 'processes.log'),
  );
  const client = async () => {
    const url = new URL(addressOf('postgres'));
    url.pathname = `/${prefix}ledger`;
    const connection = new pg.Client({ connectionString: url.href });
    connection.on('error', () => undefined);
    await connection.connect();
    return connection;
  };
  say('| server | what was done | read | write | sign in | /health meanwhile | events |');
  say('|---|---|---|---|---|---|---|');
  for (const server of servers) for (const how of acts) await outage(server, how, ledgers, client);
} finally {
  await prepared.remove();
  if (faults.length === 0) rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) process.stderr.write(`✖ ${fault}\n`);
if (faults.length > 0) process.stderr.write(`The log of the processes is in ${folder}.\n`);
process.exit(faults.length === 0 ? 0 : 1);
