import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { makeTestPlatform, manualClock, type TestPlatform } from '@task-connect/testing';

const clock = manualClock('2027-01-11T08:00:05Z');
let desk: TestPlatform;
let prometheus: Server;
let answer: RequestListener = (_request, response) => response.destroy();
before(async () => {
  prometheus = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => void prometheus.listen(0, '127.0.0.1', resolve));
  desk = await makeTestPlatform({ clock, plugins: ['tasks'] });
});
after(async () => {
  await desk[Symbol.asyncDispose]();
  prometheus.close();
});

const historyOf = async (range: string, of = desk) => {
  const { status, body } = await of.as('administrator').get(`/api/platform/health/history?range=${range}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
/** The platform looks, a quarter of a minute later each time. */
async function pass(minutes: number, look = true): Promise<void> {
  for (let quarter = 0; quarter < minutes * 4; quarter++) {
    clock.advance({ seconds: 15 });
    if (look) await desk.platform.history.tick();
  }
}
/** Values at the end of a line, that of the stretch that still goes on left out. */
const lastOf = (line: (number | null)[], count: number) => line.slice(-count - 1, -1);

test('only an administrator sees how the platform is', async () => {
  for (const path of ['/api/platform/health', '/api/platform/health/history']) {
    assert.equal((await desk.as('owner').get(path)).status, 403);
    assert.equal((await desk.as('anonymous').get(path)).status, 401);
    assert.equal((await desk.as('administrator').get(path)).status, 200);
  }
  const bad = await desk.as('administrator').get('/api/platform/health/history?range=3y');
  assert.equal(bad.status, 422);
  assert.equal(bad.body.type, 'invalid-input');
});

test('requests, errors and memory are kept minute by minute; a minute that nobody saw is a gap and no zero', async () => {
  await desk.platform.history.tick();
  await pass(1);
  for (let i = 0; i < 30; i++) await desk.as('owner').get('/api/me');
  await pass(1);
  await pass(3, false);
  await pass(3);
  const { source, stepSeconds, series } = await historyOf('1h');
  assert.deepEqual([source, stepSeconds], ['platform', 60]);
  assert.equal(series.requests.length, 60);
  // The present minute is not over.
  const requests: (number | null)[] = series.requests.slice(0, -1);
  const counted = requests.reduce<number>((sum, rate) => sum + (rate ?? 0) * 60, 0);
  assert.ok(Math.abs(counted - 38) <= 9, `${counted} requests`);
  const gap = requests.lastIndexOf(null);
  assert.equal(requests[gap - 1], null);
  assert.ok(
    requests.slice(0, gap - 1).some((rate) => rate !== null),
    'there is something before the gap',
  );
  assert.ok(requests.slice(gap + 1).length >= 2, 'and something after it');
  assert.ok(series.memory.some((bytes: number | null) => (bytes ?? 0) > 20_000_000));
  assert.ok(series.answerTime.some((ms: number | null) => ms !== null && ms > 0));
  assert.deepEqual([...new Set(lastOf(series.errors, 2))], [null], 'no request, no share of errors');
});

test('what is older is thinned to ten minutes, and read the same', async () => {
  await pass(25);
  const { series: hours } = await historyOf('24h');
  assert.equal(hours.requests.length, 144);
  assert.ok(hours.requests.filter((rate: number | null) => rate !== null).length >= 4);
  assert.ok(hours.requests.some((rate: number | null) => (rate ?? 0) > 0.02));

  clock.advance({ hours: 26 });
  await pass(2);
  const minutes = await desk.platform.history.since(clock.now().subtract({ hours: 30 }), 'minutes');
  assert.ok(minutes.length > 0 && minutes.length <= 3, `${minutes.length} minutes are left`);
  const { series: week } = await historyOf('7d');
  assert.equal(week.requests.length, 168);
  assert.ok(week.requests.filter((rate: number | null) => rate !== null).length >= 2, 'the day before is there');

  clock.advance({ hours: 24 * 9 });
  await pass(2);
  const old = await desk.platform.history.since(clock.now().subtract({ hours: 24 * 20 }), 'ten-minutes');
  assert.ok(old.length > 0 && old.length <= 3, 'what is older than the days it is kept for is gone');
});

test('every part is there with its last 24 hours, and queues and connections as they are now', async () => {
  await pass(2);
  const { body } = await desk.as('administrator').get('/api/platform/health');
  const database = body.parts.find((part: { name: string }) => part.name === 'database');
  assert.equal(database.state, 'ok');
  assert.equal(database.states.length, 48);
  assert.equal(database.states.at(-1), 'ok');
  assert.equal(database.states[0], null);
  assert.ok(database.latencies.at(-1) >= 0);
  assert.ok(body.queues.some((queue: { plugin: string; waiting: number }) => queue.plugin === 'tasks'));
  assert.ok(body.pools.some((pool: { database: string }) => pool.database === 'tasks'));
});

test('two processes are summed where something is counted', async () => {
  await using beside = await makeTestPlatform({ beside: desk, plugins: [] });
  await pass(1);
  await beside.platform.history.tick();
  for (let i = 0; i < 20; i++) await beside.as('owner').get('/api/me');
  clock.advance({ seconds: 15 });
  await beside.platform.history.tick();
  clock.advance({ seconds: 60 });
  await beside.platform.history.tick();
  await desk.platform.history.tick();
  clock.advance({ seconds: 60 });
  await desk.platform.history.tick();
  await beside.platform.history.tick();
  const { series } = await historyOf('1h', beside);
  const most = Math.max(...series.requests.map((rate: number | null) => rate ?? 0));
  assert.ok(most * 60 >= 20, `${most * 60} requests in a minute`);
});

test('with a Prometheus the charts are its own, and without its answer ours with a sentence', async () => {
  const { port } = prometheus.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  await using beside = await makeTestPlatform({ beside: desk, plugins: [], settings: { prometheusUrl: url } });
  const asked: URLSearchParams[] = [];
  answer = async (request, response) => {
    assert.equal(request.url, '/api/v1/query_range');
    let text = '';
    for await (const piece of request) text += piece;
    const query = new URLSearchParams(text);
    asked.push(query);
    const end = Number(query.get('end'));
    const values = query.get('query')?.includes('queue_oldest')
      ? []
      : [
          [end - 60, 'NaN'],
          [end, '12.34567'],
        ];
    const result = values.length > 0 ? [{ metric: {}, values }] : [];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }));
  };
  const good = await historyOf('1h', beside);
  assert.deepEqual([good.source, good.note], ['prometheus', null]);
  assert.equal(asked.length, 9);
  assert.ok(asked.every((query) => query.get('step') === '60'));
  assert.deepEqual(good.series.requests.slice(-2), [null, 12.35]);
  assert.deepEqual([...new Set(good.series.queueOldest)], [null]);
  assert.equal(good.series.requests.length, 60);

  answer = (_request, response) => {
    response.statusCode = 400;
    response.end(JSON.stringify({ status: 'error', errorType: 'bad_data', error: 'parse error at char 7' }));
  };
  const refused = await historyOf('1h', beside);
  assert.equal(refused.source, 'platform');
  assert.match(refused.note, /^Prometheus at 127\.0\.0\.1:\d+ refuses the question: parse error.*own numbers\.$/);
  answer = (_request, response) => response.end('<html>');
  assert.match((await historyOf('1h', beside)).note, /answers 200, and not as a Prometheus does/);
  answer = (_request, response) => response.destroy();
  assert.match((await historyOf('6h', beside)).note, /cannot be reached/);
});
