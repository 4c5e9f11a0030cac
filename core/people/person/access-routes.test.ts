import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeClient } from '../../testing/client.ts';
import { manualClock } from '../../testing/clock.ts';
import { startPlatform, untilAnswered } from '../test-platform.ts';

const clock = manualClock();
const app = await startPlatform({ clock });
after(() => app[Symbol.asyncDispose]());
const admin = app.as('administrator');
let addresses = 0;
const anAccount = async (password?: string) => {
  addresses += 1;
  const address = `wanda.${addresses}@lanternyard.example`;
  const given = { name: `Wanda ${addresses}`, address, verified: true, ...(password && { password }) };
  return { id: await app.platform.identity.createPerson(given), address };
};

function mailsTo(address: string): string[] {
  const folder = join(app.platform.settings.data, 'mail');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.eml'))
    .map((file) =>
      readFileSync(join(folder, file), 'utf8')
        .replace(/=\r?\n/g, '')
        .replaceAll('=3D', '='),
    )
    .filter((mail) => mail.includes(address));
}

test('an administrator sees what an account reaches, and what deactivating it does, with numbers', async () => {
  const person = await app.person('manager', 'Ines Walter');
  const path = `/api/organisations/${app.organisation}/invitations`;
  assert.equal((await person.post(path, { address: 'x@lanternyard.example' })).status, 201);
  const { status, body } = await admin.get(`/api/people/${person.person}`);
  assert.equal(status, 200);
  assert.deepEqual(
    body.memberships.map((each: { personal: boolean; role: string }) => [each.personal, each.role]),
    [
      [true, 'owner'],
      [false, 'manager'],
    ],
  );
  assert.equal(body.tokens.length, 1);
  assert.equal(body.tokens[0].organisationName, 'Lantern Yard');
  assert.deepEqual([body.password, body.identities, body.waitsUntil], ['none', [], null]);
  assert.deepEqual(body.deactivating, [
    'Ines Walter cannot sign in.',
    'One access token is revoked, and not given back later.',
    'One invitation that Ines Walter sent is withdrawn.',
    'Memberships and what was made stay.',
  ]);
  const made = await person.post('/api/organisations', { name: 'Rope Walk' });
  const members = `/api/people/organisations/${made.body.id}/members/${app.as('guest').person}`;
  assert.equal((await admin.put(members, { role: 'member' })).status, 200);
  const { deactivating } = (await admin.get(`/api/people/${person.person}`)).body;
  assert.ok(deactivating.includes('Nobody else owns “Rope Walk”: make somebody else an owner there.'));
});

test('accounts are filtered by role and by whether the address is theirs', async () => {
  const names = async (query: string) =>
    (await admin.get(`/api/people?limit=200&${query}`)).body.items.map((each: { id: string }) => each.id);
  assert.deepEqual(await names('role=administrator'), [admin.person]);
  const { id } = await anAccount();
  const { body } = await admin.post('/api/people', { name: 'Piet', address: 'piet@lanternyard.example' });
  assert.ok((await names('verified=true')).includes(id));
  assert.equal((await names('verified=true')).includes(body.id), false);
  assert.ok((await names('verified=false')).includes(body.id));
});

test('a mail by which to choose a password is sent again, and its link works once', async () => {
  const { id, address } = await anAccount('cut webbing at nine');
  const sent = await admin.post(`/api/people/${id}/password-mail`);
  assert.equal(sent.status, 202);
  assert.ok(sent.body.link.startsWith(`${app.platform.settings.publicUrl}/oidc/reset?token=`));
  await app.settled();
  const mails = mailsTo(address);
  assert.equal(mails.length, 1);
  assert.ok(mails[0]!.includes(sent.body.link));
  // What they have is good until then, and nobody is flooded.
  assert.equal((await admin.get(`/api/people/${id}`)).body.password, 'set');
  assert.equal((await admin.post(`/api/people/${id}/password-mail`)).status, 202);
  assert.equal((await admin.post(`/api/people/${id}/password-mail`)).status, 202);
  const fourth = await admin.post(`/api/people/${id}/password-mail`);
  assert.deepEqual([fourth.status, fourth.body.type], [429, 'people/too-many-letters']);
  await admin.patch(`/api/people/${id}`, { active: false });
  const refused = await admin.post(`/api/people/${id}/password-mail`);
  assert.deepEqual([refused.status, refused.body.type], [409, 'people/account-inactive']);
});

test('whoever waits after wrong passwords may try at once when an administrator says so', async () => {
  const { id } = await anAccount('cut webbing at nine');
  const issued = await app.platform.identity.issuePersonalToken({
    person: id,
    organisation: (await admin.get(`/api/people/${id}`)).body.memberships[0].organisation,
    name: 'x',
    scopes: ['*'],
    expiresAt: null,
  });
  const person = makeClient(app.url, { token: issued.token, person: id });
  const wrong = () => person.put('/api/me/password', { present: 'not this one', next: 'another good password' });
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) statuses.push((await wrong()).status);
  assert.deepEqual(statuses, [403, 403, 403, 403, 403, 429]);
  assert.ok((await admin.get(`/api/people/${id}`)).body.waitsUntil);
  assert.deepEqual((await admin.post(`/api/people/${id}/unlock`)).body, { waited: true });
  assert.equal((await admin.get(`/api/people/${id}`)).body.waitsUntil, null);
  assert.equal((await wrong()).status, 403);
  assert.deepEqual((await admin.post(`/api/people/${id}/unlock`)).body, { waited: false });
});

test('one’s own password is changed with the present one, by the rules, and mail tells of it', async () => {
  const { id, address } = await anAccount('cut webbing at nine');
  const token = await app.platform.identity.issuePersonalToken({
    person: id,
    organisation: (await admin.get(`/api/people/${id}`)).body.memberships[0].organisation,
    name: 'x',
    scopes: ['*'],
    expiresAt: null,
  });
  const person = makeClient(app.url, { token: token.token });
  const change = (present: string, next: string) => person.put('/api/me/password', { present, next });
  const wrong = await change('another', 'chalk on the slipway');
  assert.deepEqual([wrong.status, wrong.body.type], [403, 'identity/password-wrong']);
  const short = await change('cut webbing at nine', 'short');
  assert.deepEqual([short.status, short.body.errors[0].pointer], [422, '/next']);
  assert.equal((await change('cut webbing at nine', 'chalk on the slipway')).status, 200);
  assert.equal((await change('cut webbing at nine', 'chalk on the slipway')).status, 403);
  assert.equal((await change('chalk on the slipway', 'cut webbing at nine')).status, 200);
  await app.settled();
  assert.equal(mailsTo(address).length, 2);
});

test('an administrator revokes a token of somebody', async () => {
  const person = await app.person('member');
  const { tokens } = (await admin.get(`/api/people/${person.person}`)).body;
  assert.equal((await admin.delete(`/api/people/${app.as('guest').person}/tokens/${tokens[0].id}`)).status, 404);
  assert.equal((await admin.delete(`/api/people/${person.person}/tokens/${tokens[0].id}`)).status, 204);
  await untilAnswered(person, '/api/me', 401);
  assert.equal((await admin.delete(`/api/people/${person.person}/sessions`)).status, 204);
});

test('nobody but an administrator does any of it', async () => {
  const id = app.as('member').person!;
  for (const role of ['guest', 'member', 'manager', 'owner', 'stranger'] as const) {
    const client = app.as(role);
    const answers = await Promise.all([
      client.get(`/api/people/${id}`),
      client.post(`/api/people/${id}/password-mail`),
      client.post(`/api/people/${id}/unlock`),
      client.delete(`/api/people/${id}/sessions`),
      client.delete(`/api/people/${id}/sessions/${id}`),
      client.delete(`/api/people/${id}/tokens/${id}`),
    ]);
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [403], role);
  }
  assert.equal((await admin.get('/api/people/nonsense')).status, 422);
  assert.equal((await admin.get(`/api/people/${app.organisation}`)).status, 404);
  assert.equal((await admin.post(`/api/people/${app.organisation}/unlock`)).status, 404);
});
