import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OrganisationRole, statement } from '@task-connect/sdk';
import { makeUnitOfWork } from '../database/unit-of-work.ts';
import { aSite, ines, tomas } from '../identity/test-site.ts';

// What the database itself keeps apart, whatever a statement forgets to ask for.

const nobody = '00000000-0000-0000-0000-000000000000';
const wanda = { name: 'Wanda Karr', address: 'wanda@lanternyard.example', password: 'chalk on the slipway' };
let statements = 0;

async function aTown() {
  const site = await aSite();
  const run = <Row>(text: string) => {
    statements += 1;
    return site.database.query(statement<[], Row>(`t.${statements}`, text), []);
  };
  const [one, two, three] = await Promise.all([ines, tomas, wanda].map((person) => site.identity.createPerson(person)));
  const people = { ines: one!, tomas: two!, wanda: three! };
  const organisation = async (name: string, members: [string, OrganisationRole][]) => {
    const [made] = await run<{ id: string }>(
      `insert into organisation (name, created_at) values ('${name}', now()) returning id`,
    );
    for (const [person, role] of members)
      await run(
        `insert into membership (organisation_id, person_id, role, joined_at) values ('${made!.id}', '${person}', '${role}', now())`,
      );
    await run(
      `insert into invitation (organisation_id, address, role, token_digest, created_at, expires_at) values ('${made!.id}', 'x@example.test', 'member', '${name}', now(), now())`,
    );
    return made!.id;
  };
  const yard = await organisation('Yard', [
    [people.ines, 'owner'],
    [people.tomas, 'member'],
  ]);
  const quay = await organisation('Quay', [[people.wanda, 'owner']]);
  for (const person of Object.values(people)) {
    const issued = {
      person,
      organisation: person === people.wanda ? quay : yard,
      name: 'x',
      scopes: ['*'],
      expiresAt: null,
    };
    await site.identity.issuePersonalToken(issued);
    await run(
      `insert into session (digest, person_id, created_at, last_seen_at, expires_at, user_agent, address) values ('${person}', '${person}', now(), now(), now(), '', '')`,
    );
  }
  const unitOfWork = makeUnitOfWork(() => site.pools.connect('users'));
  const ask = <Row>(
    as: { person: string; organisation: string; reach?: 'member' | 'public' | 'operator' },
    text: string,
  ) =>
    unitOfWork({ reach: 'member', ...as }, (tx) => {
      statements += 1;
      return tx.query(statement<[], Row>(`t.${statements}`, text), []);
    });
  return { people, yard, quay, ask };
}

const tables = ['person', 'organisation', 'membership', 'invitation', 'identity', 'session', 'personal_token'];
const counting = `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`;

test('a member sees the organisation that they act in and themselves, and a stranger nothing of it', async () => {
  const { people, yard, quay, ask } = await aTown();
  const seen = async (as: Parameters<typeof ask>[0]) => (await ask<Record<string, number>>(as, counting))[0];
  // Two members, and one’s own: a personal organisation, identity, session and token.
  const inYard = {
    person: 2,
    organisation: 2,
    membership: 3,
    invitation: 1,
    identity: 1,
    session: 1,
    personal_token: 1,
  };
  assert.deepEqual(await seen({ person: people.ines, organisation: yard }), inYard);
  assert.deepEqual(await seen({ person: people.tomas, organisation: yard }), inYard);
  assert.deepEqual(await seen({ person: people.wanda, organisation: quay }), { ...inYard, person: 1, membership: 2 });
  const none = Object.fromEntries(tables.map((table) => [table, 0]));
  assert.deepEqual(await seen({ person: nobody, organisation: yard, reach: 'public' }), none);
  assert.deepEqual(await seen({ person: nobody, organisation: nobody }), none);
  const all = await seen({ person: nobody, organisation: nobody, reach: 'operator' });
  assert.deepEqual([all!.person, all!.organisation, all!.session], [3, 5, 3]);
});

test('what a member may not change is not changed by a statement without a where', async () => {
  const { people, yard, ask } = await aTown();
  const as = { person: people.tomas, organisation: yard };
  const changed = async (text: string) => (await ask<object>(as, `${text} returning *`)).length;
  assert.equal(await changed(`update person set name = 'Mine'`), 1);
  assert.equal(await changed(`update organisation set name = 'Mine'`), 1);
  assert.equal(await changed(`update session set address = 'x'`), 1);
  assert.equal(await changed(`update personal_token set scopes = '{}'`), 1);
  assert.equal(await changed(`update identity set subject = 'x'`), 0);
  assert.equal(await changed('delete from session'), 1);
  const others = { person: people.ines, organisation: yard };
  const [left] = await ask<{ name: string; sessions: number }>(
    others,
    `select name, (select count(*)::int from session) as sessions from person where id = '${people.ines}'`,
  );
  assert.deepEqual(left, { name: ines.name, sessions: 1 });
});

test('nobody puts a row where they are not', async () => {
  const { people, yard, quay, ask } = await aTown();
  const as = { person: people.tomas, organisation: yard };
  const attempts = [
    `insert into membership (organisation_id, person_id, role, joined_at) values ('${quay}', '${people.tomas}', 'owner', now())`,
    `update membership set organisation_id = '${quay}' where person_id = '${people.tomas}' and organisation_id = '${yard}'`,
    `insert into identity (issuer, subject, person_id, created_at) values ('x', 'y', '${people.ines}', now())`,
    `insert into personal_token (digest, person_id, organisation_id, name, scopes, created_at) values ('x', '${people.ines}', '${yard}', 'x', '{*}', now())`,
    `insert into session (digest, person_id, created_at, last_seen_at, expires_at, user_agent, address) values ('y', '${people.ines}', now(), now(), now(), '', '')`,
    `insert into invitation (organisation_id, address, role, token_digest, created_at, expires_at) values ('${quay}', 'a', 'owner', 'd', now(), now())`,
  ];
  for (const attempt of attempts) await assert.rejects(ask(as, attempt), /row-level security/);
});
