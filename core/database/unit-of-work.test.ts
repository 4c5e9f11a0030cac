import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { organisationTable } from '@task-connect/sdk/migration';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { testPrefix, testServer } from '../testing/server.ts';
import { makeMigrator } from './migrate.ts';
import { makePools, type Pools } from './pools.ts';
import { makeProvisioner, type Provisioner } from './provision.ts';
import { makeUnitOfWork, type Scope, type UnitOfWork } from './unit-of-work.ts';

const one = '00000000-0000-7000-8000-000000000001';
const other = '00000000-0000-7000-8000-000000000002';
const scope = (organisation = one): Scope => ({ organisation, person: one, reach: 'member' });
const all = statement<[], { title: string }>('test.all', 'select title from thing order by title');
const insert = statement<[string, string], { id: string }>(
  'test.insert',
  'insert into thing (organisation_id, title) values ($1, $2) returning id',
);
const fails = statement<[], never>('test.fails', 'select 1 / 0');

let pools: Pools;
let provisioner: Provisioner;
let run: UnitOfWork;

before(async () => {
  const server = await testServer();
  const secrets = memorySecrets();
  const prefix = testPrefix();
  provisioner = makeProvisioner({ server, secrets, prefix, installation: 'test' });
  const { names } = await provisioner.provision({ id: 'things' });
  await provisioner.provision({ id: 'notes' });
  pools = makePools({ secrets, budget: 20 });
  run = makeUnitOfWork(() => pools.connect('things'));
  const migrator = makeMigrator({
    connect: () => provisioner.connectAsAdmin('things'),
    owner: names.owner,
    clock: { now: () => Temporal.Now.instant() },
    migrations: [
      {
        name: '2026-11-25-create-thing',
        checksum: 'x',
        migration: {
          phase: 'before',
          up: (knex) => organisationTable(knex, 'thing', (table) => void table.text('title').notNullable()),
          down: (knex) => knex.schema.dropTable('thing').then(() => undefined),
        },
      },
    ],
  });
  assert.deepEqual(await migrator.up('all'), ['2026-11-25-create-thing']);
  assert.deepEqual(await migrator.up('all'), []);
});

after(() => pools[Symbol.asyncDispose]());

test('rows of another organisation are not seen, not changed and cannot be written', async () => {
  await run(scope(one), (tx) => tx.query(insert, [one, 'mine']));
  await run(scope(other), async (tx) => {
    assert.deepEqual(await tx.query(all, []), []);
    assert.equal(await tx.knex('thing').update({ title: 'stolen' }), 0);
    await assert.rejects(tx.query(insert, [one, 'planted']), /row-level security/);
    throw new Error('enough');
  }).catch((error) => assert.equal(error.message, 'enough'));
  const seen = await run(scope(one), (tx) => tx.query(all, []));
  assert.deepEqual(seen, [{ title: 'mine' }]);
  await run(scope(one), (tx) => tx.knex('thing').delete());
});

test('without a scope there is no row, and a scope does not leak to the next use of the connection', async () => {
  await run(scope(one), (tx) => tx.query(insert, [one, 'mine']));
  const client = await pools.connect('things');
  assert.equal((await client.query('select * from thing')).rowCount, 0);
  client.release();
  await run(scope(one), (tx) => tx.knex('thing').delete());
});

test('a caught SQL error without attempt is noticed at the commit, and nothing is kept', async () => {
  await assert.rejects(
    run(scope(), async (tx) => {
      await tx.query(insert, [one, 'lost']);
      await tx.query(fails, []).catch(() => undefined);
    }),
    /division by zero/,
  );
  assert.deepEqual(await run(scope(), (tx) => tx.query(all, [])), []);
});

test('attempt undoes its part alone', async () => {
  await run(scope(), async (tx) => {
    await tx.query(insert, [one, 'kept']);
    await assert.rejects(
      tx.attempt(async () => {
        await tx.query(insert, [one, 'undone']);
        await tx.query(fails, []);
      }),
      /division by zero/,
    );
  });
  assert.deepEqual(await run(scope(), (tx) => tx.query(all, [])), [{ title: 'kept' }]);
  await run(scope(), (tx) => tx.knex('thing').delete());
});

test('attempt undoes also what was to travel with the commit, and what was noted for it', async () => {
  const noted: string[] = [];
  let told = 0;
  await run(scope(), async (tx) => {
    tx.track(noted);
    const note = (title: string) => {
      noted.push(title);
      tx.defer(insert, [one, title]);
      tx.afterCommit(() => {
        told += 1;
      });
    };
    note('kept');
    await assert.rejects(
      tx.attempt(async () => {
        note('undone');
        tx.fail(new Error('Undone as well.'));
        throw new Error('Not this.');
      }),
      /Not this/,
    );
  });
  assert.deepEqual(await run(scope(), (tx) => tx.query(all, [])), [{ title: 'kept' }]);
  assert.deepEqual([noted, told], [['kept'], 1]);
  await run(scope(), (tx) => tx.knex('thing').delete());
});

test('what was said to fail does not commit, whatever is caught', async () => {
  await assert.rejects(
    run(scope(), async (tx) => {
      await tx.query(insert, [one, 'lost']);
      tx.fail(new Error('It must not be.'));
    }),
    /It must not be/,
  );
  assert.deepEqual(await run(scope(), (tx) => tx.query(all, [])), []);
});

test('a statement that fails while nobody awaits it fails its transaction, and nothing else', async () => {
  await assert.rejects(
    run(scope(), async (tx) => {
      void tx.query(fails, []);
      await tx.query(all, []);
    }),
    /division by zero|aborted/,
  );
  assert.deepEqual(await run(scope(), (tx) => tx.query(all, [])), []);
});

test('a statement that nobody awaited fails the request, and a kept transaction cannot be used later', async () => {
  let kept: Parameters<Parameters<UnitOfWork>[1]>[0] | undefined;
  await assert.rejects(
    run(scope(), async (tx) => {
      kept = tx;
      void tx.query(insert, [one, 'floating']);
    }),
    /await each of them/,
  );
  await assert.rejects(kept!.query(all, []), /transaction is over/);
  await assert.rejects(async () => kept!.knex('thing').select(), /transaction is over/);
  assert.deepEqual(await run(scope(), (tx) => tx.query(all, [])), []);
});

test('what is lent for a part of the work has its scope, and is over with it', async () => {
  let kept: Parameters<Parameters<UnitOfWork>[1]>[0] | undefined;
  const seen = await run(scope(one), async (tx) => {
    await tx.within(scope(other), async (own) => {
      kept = own;
      await own.query(insert, [other, 'of the second']);
    });
    await assert.rejects(kept!.query(all, []), /transaction is over/);
    return tx.within(scope(one), (own) => own.query(all, []));
  });
  assert.deepEqual(seen, []);
  assert.equal((await run(scope(other), (tx) => tx.query(all, []))).length, 1);
  await assert.rejects(
    run(scope(one), async (tx) => {
      await tx.within(scope(other), async (own) => void own.query(insert, [other, 'floating']));
    }),
    /await each of them/,
  );
  assert.equal((await run(scope(other), (tx) => tx.query(all, []))).length, 1);
});

test('a deferred statement that fails takes the whole transaction back', async () => {
  await assert.rejects(
    run(scope(), async (tx) => {
      await tx.query(insert, [one, 'lost']);
      tx.defer(fails, []);
    }),
    /division by zero/,
  );
  assert.deepEqual(await run(scope(), (tx) => tx.query(all, [])), []);
});

test('a read-only unit of work refuses to write', async () => {
  await assert.rejects(
    run({ ...scope(), readOnly: true }, (tx) => tx.query(insert, [one, 'x'])),
    /read-only/,
  );
});

test('a read-only unit of work that defers a write fails, rather than lose it', async () => {
  await assert.rejects(
    run({ ...scope(), readOnly: true }, async (tx) => tx.defer(insert, [one, 'lost'])),
    /read-only/,
  );
});

test('the user of one database cannot open another', async () => {
  const client = await pools.connect('things');
  const { user, password, host, port } = client as unknown as {
    user: string;
    password: string;
    host: string;
    port: number;
  };
  client.release();
  const { default: pg } = await import('pg');
  const admin = await provisioner.connectAsAdmin('notes');
  const { database } = admin;
  await admin.end();
  const intruder = new pg.Client({ host, port, user, password, database });
  await assert.rejects(intruder.connect(), /permission denied for database/);
});

test('rotating the password fails no request that runs meanwhile', async () => {
  let stop = false;
  let done = 0;
  const failures: unknown[] = [];
  const load = Array.from({ length: 4 }, async () => {
    while (!stop) {
      await run(scope(), (tx) => tx.query(all, [])).then(
        () => {
          done += 1;
        },
        (error) => failures.push(error),
      );
    }
  });
  try {
    for (let i = 0; i < 4; i += 1) {
      const from = done;
      await provisioner.rotate('things');
      await pools.renew('things');
      while (done < from + 50 && failures.length === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    stop = true;
  }
  await Promise.all(load);
  assert.deepEqual(failures, []);
  assert.ok(done >= 200);
});
