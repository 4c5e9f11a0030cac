import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startPlatform } from '../../people/test-platform.ts';
import { openFileSecrets } from '../../secrets/file-secrets.ts';
import { makeClient } from '../../testing/client.ts';
import { manualClock } from '../../testing/clock.ts';
import { temporaryFolder } from '../../testing/server.ts';

const clock = manualClock();
const store = await openFileSecrets({ folder: temporaryFolder(), masterKey: undefined, clock });
const app = await startPlatform({ clock, store });
after(() => app[Symbol.asyncDispose]());
const admin = app.as('administrator');
const at = '/api/platform/secrets';
type Item = { path: string; set: boolean; lastUse: { usedBy: string } | null };

/** An administrator with a password. */
const password = 'cut webbing at nine';
const person = await app.platform.identity.createPerson({
  name: 'Ines Walter',
  address: 'ines@lanternyard.example',
  password,
  platformRoles: ['administrator'],
});
const personal = (await admin.get(`/api/people/${person}`)).body.memberships[0].organisation;
const issued = { person, organisation: personal, name: 'x', scopes: ['*'], expiresAt: null };
const ines = makeClient(app.url, { token: (await app.platform.identity.issuePersonalToken(issued)).token });

test('all secrets are listed without what they are, with who used them', async () => {
  const { status, body } = await admin.get(at);
  assert.deepEqual([status, body.store], [200, 'file']);
  const of = (path: string): Item => body.items.find((item: Item) => item.path === path);
  assert.deepEqual([of('services/s3').set, of('databases/users').set], [false, true]);
  assert.equal(of('databases/users').lastUse?.usedBy, 'database');
  assert.equal(of('certificates/signing-keys').lastUse?.usedBy, 'sign-in');
  const { password: kept } = (await store.read('databases/users'))!.value;
  assert.equal(JSON.stringify(body).includes(String(kept)), false);
  const detail = await admin.get(`${at}/databases.users`);
  assert.equal(detail.status, 200);
  assert.equal(JSON.stringify(detail.body).includes(String(kept)), false);
  assert.ok(detail.body.fields.some((field: { name: string; set: boolean }) => field.name === 'password' && field.set));
});

test('a secret is entered field by field, by version, and the log says who wrote which', async () => {
  const path = `${at}/external-apis.twilio-credentials`;
  const missing = await admin.put(path, { values: { accountSid: 'AC1' } });
  assert.deepEqual([missing.status, missing.body.errors[0].pointer], [422, '/values/authToken']);
  const first = await admin.put(path, { values: { accountSid: 'AC1', authToken: 'hush', from: '+49' } });
  assert.deepEqual([first.status, first.body.version], [200, 1]);
  const second = await admin.put(path, { values: { authToken: 'hush two', from: null } }, { 'if-match': '"1"' });
  assert.equal(second.body.version, 2);
  assert.deepEqual((await store.read('external-apis/twilio-credentials'))!.value, {
    accountSid: 'AC1',
    authToken: 'hush two',
  });
  assert.equal((await admin.put(path, { values: { authToken: 'x' } }, { 'if-match': '"1"' })).status, 412);
  assert.deepEqual(
    second.body.versions.map((each: { version: number; by: string }) => [each.version, each.by]),
    [
      [2, 'administrator'],
      [1, 'administrator'],
    ],
  );
  const rows = (await admin.get('/api/platform/audit?action=secret.written')).body.items;
  assert.doesNotMatch(JSON.stringify(rows), /hush/);
  for (const bad of ['services', 'services.S3', 'services..s3', '-.s3'])
    assert.equal((await admin.put(`${at}/${bad}`, { values: { a: 'b' } })).status, 422, bad);
  assert.equal((await admin.put(path, { values: { a: { b: 1 } } })).status, 422);
});

test('what the platform makes itself is rotated and neither entered nor removed', async () => {
  for (const path of ['databases.users', 'certificates.signing-keys']) {
    const before = (await admin.get(`${at}/${path}`)).body.version;
    const rotated = await admin.post(`${at}/${path}/rotate`);
    assert.deepEqual([rotated.status, rotated.body.version], [200, before + 1], path);
    assert.equal(rotated.body.versions[0].by, 'administrator');
    const refused = await admin.put(`${at}/${path}`, { values: { password: 'x' } });
    assert.deepEqual([refused.status, refused.body.type], [409, 'platform/secret-kept']);
    assert.equal((await admin.delete(`${at}/${path}`, { 'if-match': `"${before + 1}"` })).status, 409);
  }
  // Who was signed in still is, and the database opens.
  assert.equal((await admin.get('/api/people')).status, 200);
  assert.equal((await admin.post(`${at}/external-apis.twilio-credentials/rotate`)).status, 409);
  assert.equal((await admin.post(`${at}/services.none/rotate`)).status, 404);
});

test('a secret is shown for a reason, to whoever types their password, and the log keeps the reason', async () => {
  const path = `${at}/external-apis.twilio-credentials/reveal`;
  const reason = 'Twilio asks for it on the telephone';
  const without = await ines.post(path, { reason });
  assert.deepEqual([without.status, without.body.type, without.body.by], [403, 'identity/proof-needed', 'password']);
  const wrong = await ines.post(path, { reason, password: 'not it, sorry' });
  assert.deepEqual([wrong.status, wrong.body.type], [403, 'identity/password-wrong']);
  assert.equal((await ines.post(path, { reason: ' x ', password })).status, 422);
  assert.equal((await ines.post(path, { password })).status, 422);
  const shown = await ines.post(path, { reason, password });
  assert.deepEqual(shown.body, {
    version: 2,
    values: { accountSid: 'AC1', authToken: 'hush two' },
    shownSeconds: 30,
  });
  assert.equal((await ines.post(path, { reason, password, version: 1 })).body.values.authToken, 'hush');
  const rows = (await admin.get('/api/platform/audit?action=secret.revealed')).body.items;
  assert.deepEqual(
    rows.map((row: { after: { reason: string; version: number } }) => [row.after.reason, row.after.version]),
    [
      [reason, 1],
      [reason, 2],
    ],
  );
  assert.doesNotMatch(JSON.stringify(rows), /hush/);
  const sealed = await ines.post(`${at}/certificates.signing-keys/reveal`, { reason, password });
  assert.deepEqual([sealed.status, sealed.body.type], [403, 'platform/secret-sealed']);
});

test('a deleted secret is gone with its versions, against the one that was read', async () => {
  const path = `${at}/external-apis.twilio-credentials`;
  const { deleting } = (await admin.get(path)).body;
  assert.ok(deleting.includes('All of its 2 versions are gone for good.'));
  assert.equal((await admin.delete(path)).status, 428);
  assert.equal((await admin.delete(path, { 'if-match': '"1"' })).status, 412);
  assert.equal((await admin.delete(path, { 'if-match': '"2"' })).status, 204);
  assert.equal((await admin.get(path)).body.set, false);
  assert.equal((await admin.delete(path, { 'if-match': '"2"' })).status, 404);
  assert.equal((await admin.get(`${at}/services.none`)).status, 404);
});

test('nobody but an administrator comes near', async () => {
  for (const role of ['guest', 'member', 'manager', 'owner', 'stranger'] as const) {
    const client = app.as(role);
    const answers = await Promise.all([
      client.get(at),
      client.get(`${at}/services.s3`),
      client.put(`${at}/services.s3`, { values: { a: 'b' } }),
      client.post(`${at}/services.s3/rotate`),
      client.post(`${at}/services.s3/reveal`, { reason: 'because I want to' }),
      client.delete(`${at}/services.s3`, { 'if-match': '"1"' }),
    ]);
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [403], role);
  }
});
