import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { makeClient } from '../../testing/client.ts';
import { startPlatform, untilAnswered } from '../test-platform.ts';

const app = await startPlatform();
after(() => app[Symbol.asyncDispose]());
const keptRows = statement<[person: string], { row: string }>(
  'test.kept-answers',
  'select kept::text as row from tc.idempotency kept where person = $1',
);
const withToken = (token: string) => makeClient(app.url, { token });

test('a token is shown once, works at once, and is gone when it is revoked', async () => {
  const person = await app.person('member');
  const made = await person.post('/api/me/tokens', {
    name: 'Backup',
    scopes: ['*'],
    expiresAt: '2999-01-01T00:00:00Z',
  });
  assert.equal(made.status, 201);
  const { token, id } = made.body;
  assert.match(token, /^tc_pat_/);
  const listed = (await person.get('/api/me/tokens')).body.items;
  assert.equal(listed.length, 2);
  assert.equal(JSON.stringify(listed).includes(token), false);
  assert.deepEqual([listed[0].name, listed[0].scopes, listed[0].organisation], ['Backup', ['*'], app.organisation]);

  const program = withToken(token);
  assert.equal((await program.get('/api/me')).body.id, person.person);
  assert.equal((await person.delete(`/api/me/tokens/${id}`)).status, 204);
  await untilAnswered(program, '/api/me', 401);
  assert.equal((await person.delete(`/api/me/tokens/${id}`)).status, 404);
  assert.equal((await person.get('/api/me/tokens')).body.items.length, 1);
});

test('a request that is sent again gets the same token, and no table holds it', async () => {
  const person = await app.person('member');
  const again = { 'idempotency-key': 'a9f1c3de-8f4c-4f0c-9a55-0a4d6a2f7e11' };
  const make = () => person.post('/api/me/tokens', { name: 'Backup', scopes: ['*'] }, again);
  const [first, second] = [await make(), await make()];
  assert.deepEqual(second.body, first.body);
  assert.equal(second.headers.get('idempotency-replayed'), 'true');
  const database = app.platform.pools.database('users');
  const rows = await database.query(keptRows, [person.person!]);
  assert.equal(rows.length, 1);
  assert.doesNotMatch(rows[0]!.row, /tc_pat_|Backup|a9f1c3de/);
});

test('a narrow token does what it names, and cannot make a wider one', async () => {
  const owner = await app.person('owner');
  const scopes = ['organisation:manage'];
  const narrow = withToken((await owner.post('/api/me/tokens', { name: 'x', scopes })).body.token);
  assert.equal((await narrow.patch(`/api/organisations/${app.organisation}`, { name: 'Lantern Yard' })).status, 200);
  assert.deepEqual((await narrow.get('/api/me')).body.permissions, scopes);
  assert.equal((await narrow.post('/api/me/tokens', { name: 'y', scopes: ['*'] })).status, 403);
  assert.equal((await narrow.patch('/api/me', { name: 'Else' })).status, 403);

  const some = withToken((await owner.post('/api/me/tokens', { name: 'x', scopes: ['account:manage'] })).body.token);
  for (const wanted of [['*'], ['organisation:manage'], ['account:manage', 'people:manage']]) {
    const refused = await some.post('/api/me/tokens', { name: 'y', scopes: wanted });
    assert.deepEqual([refused.status, refused.body.type], [403, 'people/scope-too-wide']);
  }
  assert.equal((await some.post('/api/me/tokens', { name: 'y', scopes: ['account:manage'] })).status, 201);
});

test('a token makes none that outlives it', async () => {
  const person = await app.person('member');
  const ends = '2999-01-01T00:00:00Z';
  const mine = { name: 'x', scopes: ['account:manage'], expiresAt: ends };
  const program = withToken((await person.post('/api/me/tokens', mine)).body.token);
  for (const expiresAt of [null, '2999-01-01T00:00:01Z']) {
    const refused = await program.post('/api/me/tokens', { ...mine, expiresAt });
    assert.deepEqual([refused.status, refused.body.type], [403, 'people/expiry-too-late']);
  }
  assert.equal((await program.post('/api/me/tokens', mine)).status, 201);
});

test('a token is bound to the organisation in which it was made', async () => {
  const person = await app.person('member');
  const { token } = (await person.post('/api/me/tokens', { name: 'x', scopes: ['*'] })).body;
  const program = withToken(token);
  const personal = (await person.get('/api/me')).body.organisations[0].id;
  assert.equal((await program.get('/api/me', { 'tc-organization': personal })).status, 404);
  assert.equal((await program.get('/api/me')).body.organisation.id, app.organisation);
});

test('somebody else’s token is not found, and bad input is refused', async () => {
  const [one, other] = [await app.person('member'), await app.person('member')];
  const { id } = (await one.post('/api/me/tokens', { name: 'x', scopes: ['*'] })).body;
  assert.equal((await other.delete(`/api/me/tokens/${id}`)).status, 404);
  assert.equal((await one.delete('/api/me/tokens/nonsense')).status, 422);
  const attempts = [
    {},
    { name: 'x', scopes: [] },
    { name: '', scopes: ['*'] },
    { name: 'x', scopes: ['*'], expiresAt: 'tomorrow' },
    { name: 'x', scopes: ['*'], expiresAt: '2999-01-01T00:00:00.1234567891Z' },
    { name: 'x', scopes: ['*'], expiresAt: '2001-01-01T00:00:00Z' },
    { name: 'x', scopes: ['*'], person: other.person },
  ];
  for (const attempt of attempts)
    assert.equal((await one.post('/api/me/tokens', attempt)).status, 422, JSON.stringify(attempt));
  assert.equal((await one.get('/api/me/tokens')).body.items.length, 2);
});
