import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startPlatform } from '../test-platform.ts';

const app = await startPlatform();
after(() => app[Symbol.asyncDispose]());

test('everybody reads who they are and what they may do here', async () => {
  const member = app.as('member');
  const { status, body } = await member.get('/api/me');
  assert.equal(status, 200);
  assert.equal(body.id, member.person);
  assert.equal(body.organisation.id, app.organisation);
  assert.deepEqual(
    [body.organisation.name, body.organisation.role, body.organisation.personal],
    ['Lantern Yard', 'member', false],
  );
  assert.deepEqual(
    body.organisations.map((each: { personal: boolean }) => each.personal),
    [true, false],
  );
  assert.deepEqual(body.permissions, ['account:history', 'account:manage', 'organisation:addresses']);
  assert.ok((await app.as('owner').get('/api/me')).body.permissions.includes('organisation:manage'));
  assert.ok((await app.as('administrator').get('/api/me')).body.permissions.includes('people:manage'));
});

test('nobody is asked to sign in', async () => {
  assert.equal((await app.as('anonymous').get('/api/me')).status, 401);
});

test('a profile is changed field by field, and preferences key by key', async () => {
  const person = await app.person('member');
  const first = await person.patch('/api/me', {
    name: ' Ines ',
    zone: 'Asia/Tokyo',
    preferences: { density: 'compact', keys: false },
  });
  assert.equal(first.status, 200);
  const { body } = await person.patch('/api/me', {
    weekStart: 7,
    locale: 'de',
    preferences: { density: null, size: 2 },
  });
  assert.deepEqual(
    [body.name, body.zone, body.locale, body.weekStart, body.preferences],
    ['Ines', 'Asia/Tokyo', 'de', 7, { keys: false, size: 2 }],
  );
  assert.deepEqual((await person.get('/api/me')).body, body);
});

test('null removes the preference that has it, and nothing inside of another', async () => {
  const person = await app.person('member');
  await person.patch('/api/me', { preferences: { gone: 1, kept: null } });
  const { body } = await person.patch('/api/me', {
    preferences: { gone: null, view: { sort: null, by: ['due', null] } },
  });
  assert.deepEqual(body.preferences, { view: { sort: null, by: ['due', null] } });
});

test('preferences stay small, however many changes they come in', async () => {
  const person = await app.person('member');
  const add = (name: string) => person.patch('/api/me', { preferences: { [name]: 'x'.repeat(9000) } });
  assert.equal((await add('one')).status, 200);
  const refused = await add('two');
  assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/preferences']);
  assert.deepEqual(Object.keys((await person.get('/api/me')).body.preferences), ['one']);
  assert.equal((await person.patch('/api/me', { name: 'Ines' })).status, 200);
});

test('bad input changes nothing and names each fault', async () => {
  const person = await app.person('member');
  const before = (await person.get('/api/me')).body;
  const attempts: Record<string, unknown>[] = [
    { name: '' },
    { name: 'two\nlines' },
    { name: 'nul\u0000' },
    { zone: 'Mars/Olympus' },
    { zone: '+02:00' },
    { locale: 'not a locale' },
    { weekStart: 0 },
    { weekStart: 8 },
    { preferences: [] },
    { preferences: { a: 'nul\u0000' } },
    { preferences: { a: '\ud800' } },
    { preferences: { ['k'.repeat(101)]: 1 } },
    { preferences: { big: 'x'.repeat(20_000) } },
    { address: 'else@example.test' },
    { platformRoles: ['administrator'] },
  ];
  assert.equal(attempts.length, 15);
  for (const attempt of attempts) {
    const { status, body } = await person.patch('/api/me', attempt);
    assert.equal(status, 422, JSON.stringify(attempt).slice(0, 80));
    assert.ok(body.errors.length >= 1);
  }
  assert.deepEqual((await person.get('/api/me')).body, before);
});
