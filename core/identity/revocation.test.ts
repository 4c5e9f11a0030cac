import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { aSite, ines, type Site, signIn, tomas, until, whoAsks } from './test-site.ts';

const run = (site: Site, name: string, text: string) =>
  site.database.query(statement<[], unknown>(`t.${name}`, text), []);

async function aToken(site: Site, person: string, scopes = ['*']) {
  const [row] = await site.database.query(
    statement<[string], { organisation: string }>(
      't.personal',
      'select personal_organisation_id as organisation from person where id = $1',
    ),
    [person],
  );
  const { organisation } = row!;
  const issued = await site.identity.issuePersonalToken({
    person,
    organisation,
    name: 'script',
    scopes,
    expiresAt: null,
  });
  return { ...issued, organisation, headers: { authorization: `Bearer ${issued.token}` } };
}

test('a personal token acts as its person, in its organisation, for its scopes', async () => {
  const site = await aSite();
  const id = await site.identity.createPerson(ines);
  const narrow = await aToken(site, id, ['tasks:read']);
  const wide = await aToken(site, id);
  assert.match(narrow.token, /^tc_pat_[A-Za-z0-9_-]{43}$/);
  const { actor, credential } = await whoAsks(site.identity, narrow.headers);
  assert.equal(actor!.person, id);
  assert.deepEqual(credential, { kind: 'personal-token', tokenId: narrow.id, scopes: ['tasks:read'] });
  assert.deepEqual(
    ['tasks:read', 'tasks:write', '*', 'people:manage'].map((each) => actor!.may(each)),
    [true, false, false, false],
  );
  const whole = (await whoAsks(site.identity, wide.headers)).actor!;
  assert.deepEqual(
    ['tasks:read', 'tasks:write', '*', 'people:manage'].map((each) => whole.may(each)),
    [true, true, true, false],
  );
  const rows = await run(site, 'token', 'select personal_token::text as row from personal_token');
  assert.equal(JSON.stringify(rows).includes(wide.token.slice(7)), false);
});

test('TC-Organization chooses among one’s organisations, and any other is not found', async () => {
  const site = await aSite();
  const id = await site.identity.createPerson(ines);
  const other = await site.identity.createPerson(tomas);
  const { headers, organisation } = await aToken(site, id);
  const { cookie } = await signIn(site);
  const theirs = (await aToken(site, other)).organisation;
  const ask = (wanted: string, by: Record<string, string>) =>
    whoAsks(site.identity, { ...by, 'TC-Organization': wanted });
  assert.equal((await ask(organisation, headers)).status, 200);
  assert.equal((await ask(organisation.toUpperCase(), { cookie })).status, 200);
  for (const wanted of [theirs, '00000000-0000-0000-0000-000000000000', 'nonsense', '1'])
    for (const by of [headers, { cookie }]) assert.equal((await ask(wanted, by)).status, 404, wanted);
});

test('a token that was revoked, or has expired, is refused in the other process as soon as it hears of it', async () => {
  const site = await aSite();
  const other = await site.start();
  const id = await site.identity.createPerson(ines);
  const token = await aToken(site, id);
  assert.equal((await whoAsks(other, token.headers)).status, 200);
  await run(site, 'revoke', `update personal_token set revoked_at = now()`);
  await until(async () => (await whoAsks(other, token.headers)).status === 401);

  const [row] = await site.database.query(
    statement<[string], { organisation: string }>(
      't.personal',
      'select personal_organisation_id as organisation from person where id = $1',
    ),
    [id],
  );
  const expiresAt = site.world.now.add({ seconds: 30 });
  const brief = { person: id, organisation: row!.organisation, name: 'x', scopes: ['*'], expiresAt };
  const headers = { authorization: `Bearer ${(await site.identity.issuePersonalToken(brief)).token}` };
  assert.equal((await whoAsks(other, headers)).status, 200);
  site.world.now = expiresAt;
  assert.equal((await whoAsks(other, headers)).status, 401);
});

test('deactivating ends sessions, tokens and sign-in in the other process as soon as it hears of it', async () => {
  const site = await aSite();
  const other = await site.start();
  const id = await site.identity.createPerson(ines);
  const token = await aToken(site, id);
  const { cookie, browser } = await signIn(site);
  const credentials = [token.headers, { cookie }];
  for (const headers of credentials) assert.equal((await whoAsks(other, headers)).status, 200);
  await run(site, 'deactivate', `update person set active = false`);
  for (const headers of credentials) await until(async () => (await whoAsks(other, headers)).status === 401);
  const again = await browser.open('/auth/login');
  assert.match(again.text, /name="password"/);
  const refused = await browser.fill(again, { address: ines.address, password: ines.password });
  assert.equal(refused.status, 401);
});

test('a role that was taken is gone in the other process as soon as it hears of it', async () => {
  const site = await aSite();
  const other = await site.start();
  const id = await site.identity.createPerson(ines);
  await run(
    site,
    'yard',
    `insert into organisation (id, name, created_at) values ('0190d6f0-0000-7000-8000-0000000000b1', 'Yard', now())`,
  );
  await run(
    site,
    'join',
    `insert into membership (organisation_id, person_id, role, joined_at) values ('0190d6f0-0000-7000-8000-0000000000b1', '${id}', 'member', now())`,
  );
  const { headers } = await (async () => {
    const issued = await site.identity.issuePersonalToken({
      person: id,
      organisation: '0190d6f0-0000-7000-8000-0000000000b1',
      name: 'x',
      scopes: ['*'],
      expiresAt: null,
    });
    return { headers: { authorization: `Bearer ${issued.token}` } };
  })();
  const mayWrite = async () => (await whoAsks(other, headers)).actor?.may('tasks:write') ?? false;
  assert.equal(await mayWrite(), true);
  await run(
    site,
    'demote',
    `update membership set role = 'guest' where organisation_id = '0190d6f0-0000-7000-8000-0000000000b1'`,
  );
  await until(async () => !(await mayWrite()));
  await run(site, 'leave', `delete from membership where organisation_id = '0190d6f0-0000-7000-8000-0000000000b1'`);
  await until(async () => (await whoAsks(other, headers)).status === 404);
});

test('what is known is answered without a promise, and while changes are not heard it is asked anew', async () => {
  const site = await aSite();
  const id = await site.identity.createPerson(ines);
  const { headers } = await aToken(site, id);
  const ask = () => site.identity.authenticate({ method: 'GET', headers, address: '127.0.0.1' });
  // The news that the person and its membership were made may still come in.
  const isRemembered = async () => {
    await ask();
    return !(ask() instanceof Promise);
  };
  await until(isRemembered);

  const admin = await site.provisioner.connectAsAdmin('users');
  const listeners = `from pg_stat_activity where application_name = 'task-connect listen users' and datname = current_database()`;
  const { rows } = await admin.query(`select count(pg_terminate_backend(pid))::int as ended ${listeners}`);
  assert.equal(rows[0].ended, 1);
  await until(async () => ask() instanceof Promise);
  // It comes back by itself, and with it what is remembered.
  await until(isRemembered);
  await admin.end();
});

test('the last use is noted once a minute', async () => {
  const site = await aSite();
  const id = await site.identity.createPerson(ines);
  const { headers } = await aToken(site, id);
  const lastUse = async () => {
    await site.identity.settled();
    const rows = await run(site, 'used', 'select last_used_at from personal_token');
    return (rows[0] as { last_used_at: string | null }).last_used_at;
  };
  assert.equal(await lastUse(), null);
  await whoAsks(site.identity, headers);
  const first = await lastUse();
  assert.ok(first);
  site.world.now = site.world.now.add({ seconds: 59 });
  await site.restart();
  await whoAsks(site.identity, headers);
  assert.equal(await lastUse(), first);
  site.world.now = site.world.now.add({ seconds: 2 });
  await site.restart();
  await whoAsks(site.identity, headers);
  assert.notEqual(await lastUse(), first);
});

test('while the database is away nobody is let in by memory, and it is a 503', async () => {
  const site = await aSite();
  const id = await site.identity.createPerson(ines);
  const { headers } = await aToken(site, id);
  assert.equal((await whoAsks(site.identity, headers)).status, 200);
  // As after a crash of the server: nothing listens, and every connection is gone.
  const { value } = (await site.secrets.read('databases/users'))!;
  await site.secrets.write('databases/users', { ...value, port: 1 });
  const admin = await site.provisioner.connectAsAdmin('users');
  await site.pools.renew('users');
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await admin.end();
  await until(async () => (await whoAsks(site.identity, headers)).status !== 200);
  assert.equal((await whoAsks(site.identity, headers)).status, 503);
  assert.equal((await site.browser().open('/oidc/reset?token=x')).status, 503);
  await site.secrets.write('databases/users', value);
  await site.pools.renew('users');
  await until(async () => (await whoAsks(site.identity, headers)).status === 200);
});
