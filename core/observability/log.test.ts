import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { type LogWithChildren, makeLog } from './log.ts';

function written(level: 'info' | 'debug' | 'silent', work: (log: LogWithChildren) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  work(makeLog({ level, destination: { write: (line) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line));
}

test('a line carries time, level, the fields of its parents, its own, and the message', () => {
  const [line] = written('info', (log) =>
    log.child({ plugin: 'tasks' }).child({ requestId: 'r1' }).info({ status: 201 }, 'Request done'),
  );
  assert.match(String(line?.time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const { time: _, ...rest } = line ?? {};
  assert.deepEqual(rest, { level: 'info', plugin: 'tasks', requestId: 'r1', status: 201, msg: 'Request done' });
});

test('lines below the level are not written', () => {
  const work = (log: LogWithChildren) => {
    log.debug({}, 'a');
    log.info({}, 'b');
    log.error({}, 'c');
  };
  assert.equal(written('debug', work).length, 3);
  assert.equal(written('info', work).length, 2);
  assert.equal(written('silent', work).length, 0);
});

test('another level holds at once, for the log, its parent and children made before', () => {
  const lines = written('info', (log) => {
    const child = log.child({ plugin: 'tasks' });
    child.debug({}, 'a');
    child.setLevel('debug');
    child.debug({}, 'b');
    log.debug({}, 'c');
    log.setLevel('error');
    child.warn({}, 'd');
    log.setLevel('silent');
    child.error({}, 'e');
  });
  assert.deepEqual(
    lines.map(({ msg }) => msg),
    ['b', 'c'],
  );
});

test('secrets are hidden by name at any depth, in children, in errors and their causes', () => {
  const cause = Object.assign(new Error('no login at postgres://u:hunter2@db.test/x'), { password: 'hunter2' });
  const lines = written('info', (log) => {
    log.child({ masterKey: 'hunter2' }).info({ a: 1 }, 'x');
    log.info({ request: { headers: { cookie: 'hunter2', 'set-cookie': ['hunter2'], Authorization: 'hunter2' } } }, 'x');
    log.info({ list: [{ accessToken: 'hunter2', client_secret: 'hunter2', apiKey: 'hunter2' }] }, 'x');
    log.error({ err: new Error('failed', { cause }) }, 'x');
    log.error(new AggregateError([cause]), 'x');
    log.info({ url: '/callback?code=hunter2&state=1' }, 'Bearer hunter2 was refused');
    log.info({ seen: 'eyJhunter2.eyJhunter2.hunter2' }, 'x');
    log.info({ args: ['--token', 'tc_pat_hunter2'] }, 'No tc_pat_hunter2 here');
  });
  assert.equal(lines.length, 8);
  assert.doesNotMatch(JSON.stringify(lines), /hunter2/);
  assert.match(JSON.stringify(lines[3]?.err), /"message":"failed"/);
});

test('what only looks like a secret stays: ids of tokens, names of secrets', () => {
  const [line] = written('info', (log) => log.info({ tokenId: 't1', secretPath: 'databases/tasks' }, 'x'));
  assert.deepEqual([line?.tokenId, line?.secretPath], ['t1', 'databases/tasks']);
});

test('a field cannot pose as the time or level of its line', () => {
  const [line] = written('info', (log) => log.info({ level: 'error', time: 'never', msg: 'forged' }, 'true'));
  assert.deepEqual([line?.level, line?.msg, line?.time_], ['info', 'true', 'never']);
});

test('circles, big numbers, bytes, getters that throw and times cost no line', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const thrower = {
    get broken(): never {
      throw new Error('no');
    },
  };
  const at = Temporal.Instant.from('2026-11-25T10:00:00Z');
  const lines = written('info', (log) => {
    log.info({ circle, big: 10n, bytes: new Uint8Array(3), at, map: new Map([['a', 1]]) }, 'x');
    log.info(thrower, 'x');
  });
  assert.equal(lines.length, 2);
  assert.deepEqual([lines[0]?.big, lines[0]?.bytes, lines[0]?.at], ['10', '[3 bytes]', '2026-11-25T10:00:00Z']);
});

test('any fields and message make exactly one line of JSON', () => {
  fc.assert(
    fc.property(fc.object(), fc.string({ unit: 'binary' }), (fields, message) => {
      const lines: string[] = [];
      makeLog({ level: 'info', destination: { write: (line) => void lines.push(line) } }).info(fields, message);
      assert.equal(lines.length, 1);
      assert.equal(lines[0]?.indexOf('\n'), lines[0]!.length - 1);
      JSON.parse(lines[0]!);
    }),
  );
});

test('every line is out when the process exits at once', () => {
  const log = new URL('./log.ts', import.meta.url).href;
  const program = `const { makeLog } = await import('${log}'); const log = makeLog({ level: 'info' });
    for (let i = 0; i < 5000; i++) log.info({ i }, 'line'); process.exit(3);`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  assert.equal(status, 3);
  assert.equal(stdout.trimEnd().split('\n').length, 5000);
});
