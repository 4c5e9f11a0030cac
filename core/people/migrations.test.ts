import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { usersDatabase } from '../identity/test-database.ts';

const at = '2027-01-12T08:24:00Z';
const ines = '0190d6f0-0000-7000-8000-000000000001';
const tomas = '0190d6f0-0000-7000-8000-000000000002';
const ofInes = '0190d6f0-0000-7000-8000-0000000000a1';
const ofTomas = '0190d6f0-0000-7000-8000-0000000000a2';
const yard = '0190d6f0-0000-7000-8000-0000000000b1';

let statements = 0;
const sql = (text: string) => {
  statements += 1;
  return statement<[], never>(`test.${statements}`, text);
};

test('every migration goes up, down and up again', async () => {
  const { migrator, migrations } = await usersDatabase();
  assert.equal(migrations.length, 4);
  assert.equal((await migrator.down()).length, 4);
  assert.equal((await migrator.up('all')).length, 4);
});

test('the database holds that everybody has exactly one personal organisation, theirs alone', async () => {
  const { database } = await usersDatabase();
  const person = (id: string, organisation: string) =>
    sql(`insert into person (id, name, zone, locale, personal_organisation_id, created_at)
      values ('${id}', 'x', 'UTC', 'en', '${organisation}', '${at}')`);
  const organisation = (id: string, of: string | null) =>
    sql(
      `insert into organisation (id, name, personal_of, created_at) values ('${id}', 'x', ${of ? `'${of}'` : 'null'}, '${at}')`,
    );
  const member = (org: string, who: string, role: string, only: string | null) =>
    sql(`insert into membership (organisation_id, person_id, role, joined_at${only ? ', only_member' : ''})
      values ('${org}', '${who}', '${role}', '${at}'${only ? `, '${only}'` : ''})`);
  const all = (...statements: ReturnType<typeof sql>[]) =>
    database.transaction(async (tx) => {
      for (const each of statements) await tx.query(each, []);
    });

  await assert.rejects(all(person(ines, ofInes)), /person_personal_organisation/);
  await assert.rejects(all(person(ines, yard), organisation(yard, null)), /person_personal_organisation/);
  await all(person(ines, ofInes), organisation(ofInes, ines), member(ofInes, ines, 'owner', ines));
  await all(person(tomas, ofTomas), organisation(ofTomas, tomas), member(ofTomas, tomas, 'owner', tomas));
  await all(organisation(yard, null), member(yard, ines, 'owner', null), member(yard, tomas, 'guest', null));

  await assert.rejects(all(organisation('0190d6f0-0000-7000-8000-0000000000c1', ines)), /personal_of/);
  await assert.rejects(all(member(ofInes, tomas, 'member', null)), /membership_organisation_id_only_member/);
  await assert.rejects(all(member(ofInes, tomas, 'owner', ines)), /membership_personal/);
  await assert.rejects(
    all(sql(`update membership set role = 'guest' where organisation_id = '${ofInes}'`)),
    /membership_personal/,
  );
  await assert.rejects(all(sql(`delete from organisation where id = '${ofInes}'`)), /person_personal_organisation/);
  await assert.rejects(
    all(sql(`update person set personal_organisation_id = '${ofTomas}' where id = '${ines}'`)),
    /person_personal/,
  );

  await all(sql(`delete from person where id = '${ines}'`));
  const left = await database.query(
    statement<[], { n: number }>('left', 'select count(*)::int as n from organisation'),
    [],
  );
  assert.equal(left[0]!.n, 2);
});
