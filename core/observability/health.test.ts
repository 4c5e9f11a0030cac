import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeHealth, type PartState } from './health.ts';

function setUp(timeoutMs = 2000) {
  let now = Temporal.Instant.from('2026-11-25T10:00:00Z');
  const health = makeHealth({ clock: { now: () => now }, version: '1.2.3', timeoutMs });
  const later = () => {
    now = now.add({ seconds: 1 });
  };
  return { health, later };
}

const is = (state: PartState, detail?: string) => async () => ({ state, detail });
const never = () => new Promise<never>(() => {});

test('all parts well is ok, with a line and a latency for each', async () => {
  const { health } = setUp();
  health.part('database', is('ok'), { vital: true });
  health.part('mail', is('ok', '3 sent'), { vital: false });
  const report = await health.report();
  assert.equal(report.status, 'ok');
  assert.equal(report.version, '1.2.3');
  assert.deepEqual(
    report.parts.map(({ name, state, detail }) => [name, state, detail]),
    [
      ['database', 'ok', null],
      ['mail', 'ok', '3 sent'],
    ],
  );
  assert.ok(report.parts.every(({ latencyMs }) => typeof latencyMs === 'number' && latencyMs >= 0));
});

for (const [state, vital, status] of [
  ['failed', true, 'failed'],
  ['failed', false, 'degraded'],
  ['degraded', true, 'degraded'],
  ['degraded', false, 'degraded'],
] as const) {
  test(`a ${vital ? 'vital' : 'minor'} part that is ${state} makes the whole ${status}`, async () => {
    const { health } = setUp();
    health.part('well', is('ok'), { vital: true });
    health.part('sick', is(state, 'Push waits for a key.'), { vital });
    assert.equal((await health.report()).status, status);
    assert.equal((await health.ready()).ready, status !== 'failed');
  });
}

test('a check that throws is failed with its message, without the login in it', async () => {
  const { health } = setUp();
  const check = () => Promise.reject(new Error('connect to postgres://u:hunter2@db.test failed'));
  health.part('database', check, { vital: true });
  const { status, parts } = await health.report();
  assert.equal(status, 'failed');
  assert.equal(parts[0]?.detail, 'connect to postgres://[hidden]@db.test failed');
  assert.match((await health.ready()).reason ?? '', /^database: connect/);
});

test('a check that hangs is told to stop, reported, and not started a second time', async () => {
  const { health, later } = setUp(20);
  let starts = 0;
  let signal: AbortSignal | undefined;
  const hang = (given: AbortSignal) => {
    starts++;
    signal = given;
    return never();
  };
  health.part('bus', hang, { vital: false });
  const first = await health.report();
  assert.deepEqual(first.parts, [{ name: 'bus', state: 'failed', latencyMs: null, detail: 'No answer within 20 ms.' }]);
  assert.equal(first.status, 'degraded');
  assert.equal(signal?.aborted, true);
  later();
  assert.equal((await health.report()).status, 'degraded');
  assert.equal(starts, 1);
});

test('all who ask within a second get one report', async () => {
  const { health, later } = setUp();
  let checks = 0;
  const check = async () => ({ state: 'ok' as const, detail: String(++checks) });
  health.part('database', check, { vital: true });
  await Promise.all([health.report(), health.report(), health.ready()]);
  await health.report();
  assert.equal(checks, 1);
  later();
  await health.report();
  assert.equal(checks, 2);
});

test('a part that is disposed is no longer asked, and its name is free again', async () => {
  const { health } = setUp();
  const part = health.part('push', is('failed'), { vital: true });
  assert.equal((await health.report()).status, 'failed');
  assert.throws(() => health.part('push', is('ok'), { vital: false }), /another name/);
  part[Symbol.dispose]();
  assert.deepEqual((await health.report()).parts, []);
  health.part('push', is('ok'), { vital: false });
  assert.equal((await health.report()).status, 'ok');
});

test('draining ends readiness at once, not life', async () => {
  const { health } = setUp();
  health.part('database', is('ok'), { vital: true });
  assert.deepEqual(await health.ready(), { ready: true, reason: null });
  health.drain();
  assert.deepEqual(await health.ready(), { ready: false, reason: 'This process is stopping.' });
  assert.equal(health.live(), true);
});
