import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { makePools } from '../database/pools.ts';
import { manualClock } from '../testing/clock.ts';
import { quietLog, testDatabases } from '../testing/databases.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { type Lease, makeRunner, type RunnableJob } from './runner.ts';

// Two runners stand for two processes: each with connections and a login of its own, so that one can be cut off.

const databases = await testDatabases([]);
after(() => databases.pools[Symbol.asyncDispose]());
const clock = manualClock('2027-03-01T08:00:30Z');
const { value: address } = (await databases.secrets.read('databases/platform'))!;
const { host, port, user, password } = databases.server.admin;
const admin = new pg.Client({ host, port, user, password, database: 'postgres' });
await admin.connect();
after(() => admin.end());

async function makeProcess(letter: 'a' | 'b') {
  const login = String(address.username).replace(/_a$/, `_${letter}`);
  const secrets = memorySecrets();
  await admin.query(`alter role "${login}" login password '${address.password}'`);
  await secrets.write('databases/platform', { ...address, username: login });
  const pools = makePools({ secrets, budget: 4 });
  const ended: string[] = [];
  const runner = makeRunner({
    database: pools.database('platform'),
    clock,
    log: quietLog,
    ended: (_plugin, name, state) => ended.push(`${name} ${state}`),
    drainMilliseconds: 0,
  });
  after(async () => {
    await runner[Symbol.asyncDispose]();
    await pools[Symbol.asyncDispose]();
  });
  return {
    runner,
    ended,
    async cutOff() {
      await admin.query(`alter role "${login}" nologin`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [login]);
    },
    reconnect: () => admin.query(`alter role "${login}" login`),
  };
}
const one = await makeProcess('a');
const other = await makeProcess('b');
const settled = () => Promise.all([one.runner.settle(), other.runner.settle()]);

let jobs = 0;
/** A job that notes the times that it runs for. */
function aJob(given: Partial<RunnableJob> = {}) {
  jobs += 1;
  const times: string[] = [];
  const job: RunnableJob = {
    plugin: 'test',
    name: `job-${jobs}`,
    title: 'A job',
    cron: '* * * * *',
    zone: 'UTC',
    late: 'run-once',
    timeoutSeconds: 600,
    run: async (at) => void times.push(at.toString()),
    ...given,
  };
  return { job, times };
}

/** A job that hangs until it is told to go on, one call after the other. */
function aHangingJob(given: Partial<RunnableJob> = {}) {
  const calls: { at: string; lease: Lease; goOn: () => void; fail: (error: unknown) => void }[] = [];
  const waiting: (() => void)[] = [];
  const { job } = aJob({
    run(at, lease) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      calls.push({ at: at.toString(), lease, goOn: resolve, fail: reject });
      waiting.shift()?.();
      return promise;
    },
    ...given,
  });
  const begun = async (count: number) => {
    while (calls.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    return calls[count - 1]!;
  };
  return { job, calls, begun };
}

const historyOf = async (name: string) =>
  (await one.runner.runs('test', name, 500)).map(({ state, at }) => `${state} ${at}`).reverse();
const nextOf = async (name: string) => (await one.runner.states()).find((state) => state.name === name)!.nextAt;

test('a job runs once at each of its times, although two processes serve it', async () => {
  const { job, times } = aJob();
  await using _one = await one.runner.serve([job]);
  await using _other = await other.runner.serve([job]);
  await settled();
  assert.deepEqual(times, []);
  for (let minute = 1; minute <= 20; minute += 1) {
    clock.advance({ minutes: 1 });
    await settled();
    assert.equal(times.length, minute);
  }
  assert.equal(new Set(times).size, 20);
  assert.deepEqual(
    await historyOf(job.name),
    times.map((at) => `done ${at}`),
  );
});

const lateRules = [
  ['run-once', ['2027-03-02T13:00:00Z']],
  ['run-all', ['2027-03-02T10:00:00Z', '2027-03-02T11:00:00Z', '2027-03-02T12:00:00Z', '2027-03-02T13:00:00Z']],
  ['skip', []],
] as const;
for (const [late, expected] of lateRules) {
  test(`what was missed while nothing ran is treated by the rule ${late}`, async () => {
    clock.set(Temporal.Instant.from('2027-03-02T09:30:00Z'));
    const { job, times } = aJob({ cron: '0 * * * *', late });
    await (await one.runner.serve([job]))[Symbol.asyncDispose]();
    clock.set(Temporal.Instant.from('2027-03-02T13:30:00Z'));
    await using _again = await other.runner.serve([job]);
    await settled();
    assert.deepEqual(times, expected);
    assert.equal(await nextOf(job.name), '2027-03-02T14:00:00Z');
    clock.set(Temporal.Instant.from('2027-03-02T14:00:20Z'));
    await settled();
    assert.deepEqual(times, [...expected, '2027-03-02T14:00:00Z'], 'what is on time runs by every rule');
  });
}

test('what became due while a job ran is treated by its rule as well', async () => {
  clock.set(Temporal.Instant.from('2027-03-02T15:00:30Z'));
  const { job, calls, begun } = aHangingJob({ late: 'run-all' });
  await using _serving = await one.runner.serve([job]);
  clock.advance({ minutes: 1 });
  one.runner.wake();
  (await begun(1)).lease.signal.throwIfAborted();
  clock.advance({ minutes: 2 });
  for (const count of [1, 2, 3]) (await begun(count)).goOn();
  await one.runner.settle();
  assert.deepEqual(
    calls.map(({ at }) => at),
    ['2027-03-02T15:01:00Z', '2027-03-02T15:02:00Z', '2027-03-02T15:03:00Z'],
  );
});

test('a job that hangs loses its lock after its timeout, and what it comes to later is not heard', async () => {
  clock.set(Temporal.Instant.from('2027-03-03T09:59:30Z'));
  const { job, begun } = aHangingJob({ cron: '0 * * * *', timeoutSeconds: 120 });
  await using _one = await one.runner.serve([job]);
  clock.advance({ minutes: 1 });
  one.runner.wake();
  const hanging = await begun(1);
  clock.advance({ seconds: 119 });
  one.runner.wake();
  await other.runner.settle();
  assert.equal(hanging.lease.signal.aborted, false);
  clock.advance({ seconds: 1 });
  await one.runner.settle();
  assert.equal(hanging.lease.signal.aborted, true);
  await assert.rejects(hanging.lease.confirm(), /longer than 120 s/);
  const [run] = await one.runner.runs('test', job.name, 1);
  assert.equal(run!.state, 'failed');
  assert.match(run!.error!, /longer than 120 s/);

  clock.advance({ hours: 1 });
  one.runner.wake();
  const next = await begun(2);
  hanging.goOn();
  next.goOn();
  await one.runner.settle();
  assert.deepEqual(await historyOf(job.name), ['failed 2027-03-03T10:00:00Z', 'done 2027-03-03T11:00:00Z']);
  assert.deepEqual(
    one.ended.filter((line) => line.startsWith(`${job.name} `)),
    [`${job.name} failed`, `${job.name} done`],
  );
});

test('a job whose process was killed is lost, and another process runs it again', async () => {
  clock.set(Temporal.Now.instant());
  const child = fork(fileURLToPath(new URL('./runner.child.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, RUNNER_DATABASE: JSON.stringify(address) },
  });
  try {
    const heard = (key: string) =>
      new Promise<void>((resolve, reject) => {
        child.on('message', (message) => key in (message as object) && resolve());
        child.once('exit', () => reject(new Error('The process ended too early.')));
      });
    await heard('serving');
    const begun = heard('begun');
    assert.equal(await one.runner.runNow('child', 'endless'), true);
    await begun;
    child.kill('SIGKILL');
    await once(child, 'exit');
  } finally {
    child.kill('SIGKILL');
  }
  const { job, times } = aJob({ plugin: 'child', name: 'endless', cron: '0 0 1 1 *', late: 'skip' });
  await using _serving = await one.runner.serve([job]);
  await one.runner.settle();
  assert.equal(times.length, 0, 'its lease has not run out');
  clock.advance({ minutes: 2 });
  await settled();
  assert.equal(times.length, 1);
  const states = (await one.runner.runs('child', 'endless', 9)).map(({ state, byHand }) => [state, byHand]);
  assert.deepEqual(states, [
    ['done', true],
    ['lost', true],
  ]);
});

test('a process that is stopped gives up what it runs, and the next one runs it again', async () => {
  clock.set(Temporal.Instant.from('2027-03-04T09:59:30Z'));
  const { job, begun } = aHangingJob({ cron: '0 * * * *' });
  const serving = await one.runner.serve([job]);
  clock.advance({ minutes: 1 });
  one.runner.wake();
  const hanging = await begun(1);
  await serving[Symbol.asyncDispose]();
  assert.equal(hanging.lease.signal.aborted, true);
  const { job: same, times } = aJob({ name: job.name, cron: '0 * * * *' });
  await using _serving = await other.runner.serve([same]);
  await other.runner.settle();
  assert.deepEqual(times, ['2027-03-04T10:00:00Z']);
  assert.deepEqual(await historyOf(job.name), ['lost 2027-03-04T10:00:00Z', 'done 2027-03-04T10:00:00Z']);
});

test('one that is cut off between missed runs repeats none that is done, and misses none', async () => {
  clock.set(Temporal.Instant.from('2027-03-05T09:30:00Z'));
  const { job, begun, calls } = aHangingJob({ cron: '0 * * * *', late: 'run-all' });
  const { job: same, times } = aJob({ name: job.name, cron: '0 * * * *', late: 'run-all' });
  await using _one = await one.runner.serve([job]);
  clock.set(Temporal.Instant.from('2027-03-05T14:30:00Z'));
  one.runner.wake();
  for (const count of [1, 2]) (await begun(count)).goOn();
  const third = await begun(3);
  await one.cutOff();
  clock.advance({ minutes: 2 });
  await using _other = await other.runner.serve([same]);
  await other.runner.settle();
  assert.deepEqual(times, ['2027-03-05T12:00:00Z', '2027-03-05T13:00:00Z', '2027-03-05T14:00:00Z']);

  await one.reconnect();
  await assert.rejects(third.lease.confirm(), /taken by another process/);
  third.goOn();
  await settled();
  assert.equal(calls.length, 3);
  assert.deepEqual(await historyOf(job.name), [
    'done 2027-03-05T10:00:00Z',
    'done 2027-03-05T11:00:00Z',
    'lost 2027-03-05T12:00:00Z',
    'done 2027-03-05T12:00:00Z',
    'done 2027-03-05T13:00:00Z',
    'done 2027-03-05T14:00:00Z',
  ]);
  assert.equal(await nextOf(job.name), '2027-03-05T15:00:00Z');
});

test('a job goes on while the database is away, and its end is written when it is back', async () => {
  clock.set(Temporal.Instant.from('2027-03-06T09:59:30Z'));
  const { job, begun } = aHangingJob({ cron: '0 * * * *' });
  await using _one = await one.runner.serve([job]);
  clock.advance({ minutes: 1 });
  one.runner.wake();
  const running = await begun(1);
  await one.cutOff();
  clock.advance({ minutes: 3 });
  await assert.rejects(running.lease.confirm());
  assert.equal(running.lease.signal.aborted, false, 'nobody has taken it');
  running.goOn();
  await one.reconnect();
  await one.runner.settle();
  assert.deepEqual(await historyOf(job.name), ['done 2027-03-06T10:00:00Z']);
});

test('run now runs besides the plan, in whichever process serves the job', async () => {
  clock.set(Temporal.Instant.from('2027-03-07T09:20:00Z'));
  const { job, begun, calls } = aHangingJob({ cron: '0 * * * *', late: 'skip' });
  await using _other = await other.runner.serve([job]);
  assert.equal(await one.runner.runNow('test', 'no-such-job'), false);
  assert.equal(await one.runner.runNow('test', job.name), true);
  other.runner.wake();
  const first = await begun(1);
  assert.equal(first.at, '2027-03-07T09:20:00Z');
  // Asked for again, twice and in the same moment, while it runs: that is one more run.
  await one.runner.runNow('test', job.name);
  await one.runner.runNow('test', job.name);
  first.goOn();
  (await begun(2)).goOn();
  await settled();
  assert.equal(calls.length, 2);
  assert.equal(await nextOf(job.name), '2027-03-07T10:00:00Z');

  // Its planned time has come and is past what its rule allows: that does not swallow what was asked for.
  clock.set(Temporal.Instant.from('2027-03-07T10:30:00Z'));
  await one.runner.runNow('test', job.name);
  other.runner.wake();
  (await begun(3)).goOn();
  await settled();
  assert.equal(calls.length, 3);
  assert.equal(await nextOf(job.name), '2027-03-07T11:00:00Z');
  const hands = await one.runner.runs('test', job.name, 9);
  assert.deepEqual(
    hands.map(({ byHand }) => byHand),
    [true, true, true],
  );
});

test('a job that throws is failed with what it said, and runs again at its next time', async () => {
  clock.set(Temporal.Instant.from('2027-03-08T09:00:30Z'));
  const thrown: unknown[] = [new Error('The till is closed.'), 'a \u0000 and half a \ud800', undefined];
  const { job } = aJob({
    run: async () => {
      throw thrown.shift();
    },
  });
  await using _one = await one.runner.serve([job]);
  for (let minute = 0; minute < 3; minute += 1) {
    clock.advance({ minutes: 1 });
    await one.runner.settle();
  }
  const errors = (await one.runner.runs('test', job.name, 9)).map(({ state, error }) => `${state}: ${error}`);
  assert.deepEqual(errors.reverse(), [
    'failed: The till is closed.',
    'failed: a \ufffd and half a \ufffd',
    'failed: undefined',
  ]);
});

test('the history holds the last 200 runs', async () => {
  clock.set(Temporal.Instant.from('2027-03-09T00:00:30Z'));
  const { job, times } = aJob();
  await using _one = await one.runner.serve([job]);
  for (let minute = 0; minute < 205; minute += 1) {
    clock.advance({ minutes: 1 });
    await one.runner.settle();
  }
  assert.equal(times.length, 205);
  assert.deepEqual(
    await historyOf(job.name),
    times.slice(-200).map((at) => `done ${at}`),
  );
});

test('at a change of clocks a time that is left out runs after the gap, and one that comes twice runs once', async () => {
  const { job, times } = aJob({ cron: '30 2 * * *', zone: 'Europe/Berlin' });
  clock.set(Temporal.Instant.from('2027-03-27T12:00:00Z'));
  const spring = await one.runner.serve([job]);
  for (let quarter = 0; quarter < 4 * 24; quarter += 1) {
    clock.advance({ minutes: 15 });
    await one.runner.settle();
  }
  await spring[Symbol.asyncDispose]();
  assert.deepEqual(times, ['2027-03-28T01:00:00Z']);

  const { job: autumnJob, times: autumn } = aJob({ cron: '30 2 * * *', zone: 'Europe/Berlin' });
  clock.set(Temporal.Instant.from('2027-10-30T12:00:00Z'));
  await using _autumn = await one.runner.serve([autumnJob]);
  for (let quarter = 0; quarter < 4 * 24; quarter += 1) {
    clock.advance({ minutes: 15 });
    await one.runner.settle();
  }
  assert.deepEqual(autumn, ['2027-10-31T00:30:00Z']);
});

test('a plan that a newer version changed while the job ran is kept, and the older one goes by it', async () => {
  clock.set(Temporal.Instant.from('2027-11-05T09:59:30Z'));
  const { job, begun } = aHangingJob({ cron: '0 * * * *' });
  await using _one = await one.runner.serve([job]);
  clock.advance({ minutes: 1 });
  one.runner.wake();
  const running = await begun(1);
  await (await other.runner.serve([{ ...job, cron: '*/5 * * * *' }]))[Symbol.asyncDispose]();
  assert.equal(await nextOf(job.name), '2027-11-05T10:05:00Z');
  running.goOn();
  await one.runner.settle();
  assert.equal(await nextOf(job.name), '2027-11-05T10:05:00Z');
  clock.advance({ minutes: 5 });
  one.runner.wake();
  (await begun(2)).goOn();
  await one.runner.settle();
  assert.deepEqual(await historyOf(job.name), ['done 2027-11-05T10:00:00Z', 'done 2027-11-05T10:05:00Z']);
  assert.equal(await nextOf(job.name), '2027-11-05T10:10:00Z');
});
