import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { sharedPartTable, sharedTable } from '@task-connect/sdk/migration';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { testPrefix, testServer } from '../testing/server.ts';
import { makeMigrator } from './migrate.ts';
import { makePools, type Pools } from './pools.ts';
import { makeProvisioner } from './provision.ts';
import { makeUnitOfWork, type Scope, type UnitOfWork } from './unit-of-work.ts';

// Who sees and changes rows that their owner shares, and what hangs below them; asked of the database itself.

const uuid = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const [home, partner, elsewhere] = [uuid(1), uuid(2), uuid(3)];
const [owner, viewer, editor, stranger] = [uuid(4), uuid(5), uuid(6), uuid(7)];

let pools: Pools;
let run: UnitOfWork;

before(async () => {
  const secrets = memorySecrets();
  const provisioner = makeProvisioner({
    server: await testServer(),
    secrets,
    prefix: testPrefix(),
    installation: 'test',
  });
  const { names } = await provisioner.provision({ id: 'papers' });
  pools = makePools({ secrets, budget: 10 });
  run = makeUnitOfWork(() => pools.connect('papers'));
  const migrator = makeMigrator({
    connect: () => provisioner.connectAsAdmin('papers'),
    owner: names.owner,
    clock: { now: () => Temporal.Now.instant() },
    migrations: [
      {
        name: '2026-11-25-create-paper',
        checksum: 'x',
        migration: {
          phase: 'before',
          async up(knex) {
            await sharedTable(knex, 'paper', (table) => void table.text('title').notNullable());
            await sharedPartTable(knex, 'page', 'paper', (table) => void table.text('words').notNullable());
          },
          async down(knex) {
            await knex.schema.dropTable('page').dropTable('paper');
          },
        },
      },
    ],
  });
  await migrator.up('all');
});
after(() => pools[Symbol.asyncDispose]());

const as = (person: string, organisation = home, more: Partial<Scope> = {}): Scope => ({
  organisation,
  person,
  reach: 'member',
  ...more,
});
const insertPaper = statement<[string, string, string], { id: string }>(
  'test.paper',
  'insert into paper (organisation_id, owner_id, title) values ($1, $2, $3) returning id',
);
const insertPage = statement<[string, string], { id: string }>(
  'test.page',
  'insert into page (organisation_id, paper_id, words) values ($1, $2, $$words$$) returning id',
);
const seenPapers = statement<[], { id: string }>('test.papers', 'select id from paper');
const seenPages = statement<[], { paper_id: string }>('test.pages', 'select paper_id from page');

async function aPaper(grants: Record<string, string[]>): Promise<string> {
  return run(as(owner), async (tx) => {
    const [paper] = await tx.query(insertPaper, [home, owner, 'Plan']);
    await tx.query(insertPage, [home, paper!.id]);
    await tx
      .knex('paper')
      .where('id', paper!.id)
      .update({ title: 'Plan', ...grants });
    return paper!.id;
  });
}

/** What somebody can do: see it, see its page, change it, change its page, delete it. Nothing is kept. */
async function can(scope: Scope, id: string): Promise<string> {
  let able = '';
  await run(scope, async (tx) => {
    if ((await tx.query(seenPapers, [])).some((row) => row.id === id)) able += 's';
    if ((await tx.query(seenPages, [])).some((row) => row.paper_id === id)) able += 'S';
    if ((await tx.knex('paper').where('id', id).update({ title: 'x' })) === 1) able += 'c';
    if ((await tx.knex('page').where('paper_id', id).update({ words: 'x' })) === 1) able += 'C';
    if (await tx.attempt(() => tx.query(insertPage, [home, id])).catch(() => false)) able += 'P';
    if ((await tx.knex('paper').where('id', id).delete()) === 1) able += 'd';
    throw new Error('enough');
  }).catch((error) => assert.equal(error.message, 'enough'));
  return able;
}

const everything = 'sScCPd';
const change = 'sScCP';
const look = 'sS';

test('a row that is not shared is its owner’s alone, in its own organisation', async () => {
  const id = await aPaper({});
  assert.equal(await can(as(owner), id), everything);
  assert.equal(await can(as(owner, elsewhere), id), '');
  assert.equal(await can(as(viewer), id), '');
  assert.equal(await can(as(owner, home, { reach: 'public' }), id), '');
});

test('people that are named see or change it while they act in its organisation', async () => {
  const id = await aPaper({ viewers: [viewer], editors: [editor] });
  assert.equal(await can(as(viewer), id), look);
  assert.equal(await can(as(editor), id), change);
  assert.equal(await can(as(stranger), id), '');
  for (const person of [viewer, editor]) assert.equal(await can(as(person, elsewhere), id), '');
});

test('organisations that are named see or change it, its own among them', async () => {
  const id = await aPaper({ viewer_organisations: [home], editor_organisations: [partner] });
  assert.equal(await can(as(stranger), id), look);
  assert.equal(await can(as(stranger, partner), id), change);
  assert.equal(await can(as(stranger, elsewhere), id), '');
});

test('an address shows the one row that it stands for, and changes nothing', async () => {
  const [id, another] = [await aPaper({}), await aPaper({ editor_organisations: [home] })];
  const nobody = '00000000-0000-0000-0000-000000000000';
  const visitor = as(nobody, home, { reach: 'public', resource: id });
  assert.equal(await can(visitor, id), look);
  assert.equal(await can(visitor, another), '');
  assert.equal(await can(as(nobody, elsewhere, { reach: 'public', resource: id }), id), '');
  assert.equal(await can(as(nobody, home, { reach: 'public' }), id), '');
  // One that is signed in is shown no more for having come by an address.
  assert.equal(await can(as(stranger, home, { resource: id }), id), '');
});

test('nobody plants a row on somebody else, or in another organisation', async () => {
  const foreign = [
    [home, owner],
    [elsewhere, stranger],
  ] as const;
  for (const [organisation, person] of foreign) {
    const planted = run(as(stranger), (tx) => tx.query(insertPaper, [organisation, person, 'Planted']));
    await assert.rejects(planted, /row-level security/);
  }
  const page = run(as(stranger), async (tx) => tx.query(insertPage, [home, await aPaper({ viewers: [stranger] })]));
  await assert.rejects(page, /row-level security/);
});
