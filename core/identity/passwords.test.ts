import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOfPassword } from './password-rules.ts';
import { makePasswords } from './passwords.ts';

const cheap = { memory: 64, passes: 1, parallelism: 1 };

test('a password is right against its own hash alone, and the hash tells its parameters', async () => {
  const passwords = makePasswords({ cost: cheap });
  const stored = await passwords.hash('a quiet harbour');
  assert.match(stored, /^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.notEqual(stored, await passwords.hash('a quiet harbour'));
  assert.deepEqual(await passwords.verify('a quiet harbour', stored), { right: true, renew: false });
  assert.deepEqual(await passwords.verify('a quiet harbor', stored), { right: false, renew: false });
});

test('a hash made with other parameters is right and asks to be renewed', async () => {
  const stored = await makePasswords({ cost: cheap }).hash('a quiet harbour');
  const dearer = makePasswords({ cost: { ...cheap, passes: 2 } });
  assert.deepEqual(await dearer.verify('a quiet harbour', stored), { right: true, renew: true });
  assert.deepEqual(await dearer.verify('wrong', stored), { right: false, renew: false });
});

test('no account is never right', async () => {
  assert.deepEqual(await makePasswords({ cost: cheap }).verify('anything', undefined), { right: false, renew: false });
});

test('the same letters typed in two ways are one password', async () => {
  const passwords = makePasswords({ cost: cheap });
  const stored = await passwords.hash('Z\u00fcrich am See');
  assert.equal((await passwords.verify('Zu\u0308rich am See', stored)).right, true);
});

test('a damaged hash is an error and not a wrong password', async () => {
  await assert.rejects(makePasswords({ cost: cheap }).verify('x', '$2b$10$abc'), /argon2id/);
});

test('many at once all get their turn', async () => {
  const passwords = makePasswords({ cost: cheap, atOnce: 2 });
  const stored = await passwords.hash('a quiet harbour');
  const answers = await Promise.all(Array.from({ length: 12 }, () => passwords.verify('a quiet harbour', stored)));
  assert.equal(answers.filter((answer) => answer.right).length, 12);
});

test('a new password must be long and not the obvious one', () => {
  const address = 'ines.walter@lanternyard.example';
  for (const bad of [
    'short',
    'aaaaaaaaaaaaaa',
    address,
    'ines.walter2026',
    'Passwords12!',
    '1234567890',
    'x'.repeat(201),
  ])
    assert.equal(typeof faultOfPassword(bad, address), 'string', bad);
  for (const good of ['cut webbing at nine', 'ölmühle am bach', '7f3k-29dk-aa0q'])
    assert.equal(faultOfPassword(good, address), undefined, good);
});
