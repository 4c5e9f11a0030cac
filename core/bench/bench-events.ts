import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareServers } from '../outage/servers.ts';
import { temporaryFolder, testPrefix } from '../testing/server.ts';
import { makeChildren } from './children.ts';
import { eventDelay } from './event-delay.ts';

// `npm run bench -- --events`: a steady thousand events a second, published by requests and handled by one process. With
// `--services` they go through the RabbitMQ of the environment, else through PostgreSQL.

const perSecond = 1000;
const seconds = Number(process.env.BENCH_SECONDS ?? 15);

async function benchEvents(name: string, env: Record<string, string>): Promise<void> {
  for (const batch of [10, 1]) {
    const folder = temporaryFolder();
    await using children = makeChildren(folder);
    const about = await children.start('served-ticks.ts', { TC_DATA: folder, TC_RATE_LIMIT: '1000000', ...env }).told;
    const base = `http://127.0.0.1:${about.port}`;
    const publish = async (number: number) => {
      const response = await fetch(`${base}/api/ticks`, {
        method: 'POST',
        headers: { authorization: `Bearer ${about.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ source: `source ${number % 50}`, from: number, count: batch }),
      });
      if (!response.ok) throw new Error(`A tick was answered ${response.status}: ${await response.text()}`);
    };
    // By the clock and not one after the other, so that a slow answer does not thin out the load.
    const began = performance.now();
    const asked: Promise<void>[] = [];
    const total = (perSecond * seconds) / batch;
    while (asked.length < total) {
      const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * (perSecond / batch)));
      while (asked.length < due) asked.push(publish(asked.length));
      await pause(2);
    }
    await Promise.all(asked);
    const publishing = (performance.now() - began) / 1000;
    let delay = await eventDelay(base, 'ticks.clock.ticked');
    while (delay.count < total * batch) {
      await pause(200);
      delay = await eventDelay(base, 'ticks.clock.ticked');
    }
    const all = (performance.now() - began) / 1000;
    const cells = [
      name,
      batch,
      delay.count,
      Math.round(delay.count / publishing),
      Math.round(delay.count / all),
      `${Math.round(delay.median)} ms`,
      `${Math.round(delay.p99)} ms`,
    ];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
    rmSync(folder, { recursive: true, force: true });
  }
}

const services = process.argv.includes('--services') ? await prepareServers(testPrefix()) : undefined;
try {
  process.stdout.write(
    '| bus | events a transaction | events | published a second | handled a second | median delay | p99 |\n|---|---|---|---|---|---|---|\n',
  );
  await benchEvents(services ? 'RabbitMQ' : 'embedded', services?.env ?? {});
} finally {
  await services?.remove();
}
process.exit(0);
