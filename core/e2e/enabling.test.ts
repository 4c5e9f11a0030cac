import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { temporaryFolder, testPrefix, testServer } from '../testing/server.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

// kill -9 in the middle of switching a plugin on: the next start finds nothing of it, or finishes it.

const server = await testServer();
const workshop = pluginWorkshop();
const folder = temporaryFolder();
const prefix = testPrefix();
const children = new Set<ChildProcess>();
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  workshop[Symbol.dispose]();
});

async function startProcess() {
  const { host, port, user, password } = server.admin;
  const child = fork(fileURLToPath(new URL('./enabling.child.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {
      ...process.env,
      TC_DATA: folder,
      TC_DATABASE_URL: `postgres://${user}:${password}@${host}:${port}/postgres`,
      TC_DATABASE_PREFIX: prefix,
      TC_LOG_LEVEL: 'silent',
      TC_PLUGIN_FOLDERS: workshop.folder,
    },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const heard = (key: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const listen = (message: object) => {
        if (!(key in message)) return;
        child.off('message', listen);
        resolve((message as Record<string, Record<string, unknown>>)[key]!);
      };
      child.on('message', listen);
      child.once('exit', () => reject(new Error(`The process ended before it told ${key}.`)));
    });
  await heard('answer');
  return {
    async ask(ask: 'enable' | 'disable' | 'look', id: string) {
      const answer = heard('answer');
      child.send({ ask, id });
      return answer;
    },
    /** Asks, and kills it once the plugin says that it is half-way. */
    async killedHalfWay(id: string) {
      const half = heard('half');
      child.send({ ask: 'enable', id });
      await half;
      await this.kill();
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

const hang = `process.send({ half: true }); await new Promise(() => {});`;
const stuck: [name: string, files: (id: string) => Record<string, string>][] = [
  [
    'in its migration',
    (id) => ({
      'plugin.ts': pluginText(id),
      'migrations/2026-11-25-create-seen.ts': migrationText('seen', hang),
    }),
  ],
  [
    'in its start',
    (id) => ({
      'plugin.ts': pluginText(id, {
        extra: `jobs: [it.job({ name: 'x', title: 'x', cron: '0 0 1 1 *', late: 'run-all', per: 'platform', async run() {} })],
          starts: [it.start({ name: 'x', async start() { ${hang} } })],`,
      }),
      'migrations/2026-11-25-create-seen.ts': migrationText(),
    }),
  ],
];
const mended = (id: string) => ({
  'plugin.ts': pluginText(id),
  'migrations/2026-11-25-create-seen.ts': migrationText(),
});
const nothing = { state: 'off', database: false, secret: false, queues: 0, jobs: 0 };
const whole = { state: 'on', database: true, secret: true, queues: 1, jobs: 1 };

async function askDatabase(id: string, sql: string): Promise<object[]> {
  const { host, port, user, password } = server.admin;
  const client = new pg.Client({ host, port, user, password, database: id === '' ? 'postgres' : `${prefix}${id}` });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

for (const [index, [name, files]] of stuck.entries()) {
  test(`killed ${name}, a plugin that is new leaves nothing, and can be switched on once it is mended`, async () => {
    const id = `stuck-${index}`;
    workshop.write(id, files(id));
    await (await startProcess()).killedHalfWay(id);
    const roles = () =>
      askDatabase('', `select rolname from pg_roles where starts_with(rolname, '${prefix}stuck_${index}')`);
    assert.ok((await roles()).length > 0, 'it was half-way');
    workshop.write(id, mended(id));
    const next = await startProcess();
    assert.deepEqual(await next.ask('look', id), nothing);
    assert.deepEqual(await roles(), []);
    assert.deepEqual(await next.ask('enable', id), { state: 'on', reason: null });
    assert.deepEqual(await next.ask('look', id), whole);
    await next.kill();
  });
}

test('killed as soon as it is on, it is on at the next start', async () => {
  workshop.write('quick', mended('quick'));
  const first = await startProcess();
  assert.equal((await first.ask('enable', 'quick')).state, 'on');
  await first.kill();
  const next = await startProcess();
  assert.deepEqual(await next.ask('look', 'quick'), whole);
  await next.kill();
});

test('killed while it is switched on again, a plugin keeps what it has', async () => {
  const [, files] = stuck[1]!;
  workshop.write('again', mended('again'));
  const first = await startProcess();
  assert.equal((await first.ask('enable', 'again')).state, 'on');
  await askDatabase('again', `insert into seen (organisation_id, key) values (uuidv7(), 'mine')`);
  assert.equal((await first.ask('disable', 'again')).state, 'off');
  await first.kill();

  workshop.write('again', files('again'));
  await (await startProcess()).killedHalfWay('again');
  const next = await startProcess();
  const { state, database } = await next.ask('look', 'again');
  assert.deepEqual([state, database], ['off', true]);
  assert.deepEqual(await askDatabase('again', 'select key from seen'), [{ key: 'mine' }]);
  await next.kill();
});
