import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { type SecretValue, statement } from '@task-connect/sdk';
import { startPlatform } from '../people/test-platform.ts';
import { addressOf, serverControl } from '../testing/real-servers.ts';
import { ada, admin, aKeycloakSite, realmNamed, realmSecrets, signInAtKeycloak } from './test-keycloak.ts';
import { whoAsks } from './test-site.ts';

// People managed from the console, at a real Keycloak that the platform reaches as its client task-connect-admin.

type User = {
  id: string;
  username: string;
  enabled: boolean;
  emailVerified: boolean;
  firstName?: string;
  lastName?: string;
  requiredActions: string[];
  attributes?: Record<string, string[]>;
};
type Mail = { ID: string; To: { Address: string }[]; Subject: string; Snippet: string };

const mailpit = process.env.MAILPIT_URL ?? 'http://127.0.0.1:18025';

async function aPlatform(secrets: SecretValue = realmSecrets, values: Record<string, string> = {}) {
  const name = `t-${randomUUID().slice(0, 8)}`;
  const realm = realmNamed(name, `${addressOf('keycloak')}/realms/${name}`);
  const app = await startPlatform({
    settings: { oidcIssuer: realm.issuer },
    secrets: { 'services/keycloak-secrets': secrets },
  });
  after(() => app[Symbol.asyncDispose]());
  await realm.open(app.platform.settings.publicUrl, values);
  const users = (query = '') => admin<User[]>('GET', `/${name}/users?max=50${query}`);
  return {
    app,
    realm,
    operator: app.as('administrator'),
    users,
    user: (id: string) => admin<User>('GET', `/${name}/users/${id}`),
    withAddress: async (address: string) => (await users(`&exact=true&email=${encodeURIComponent(address)}`))[0],
    setEnabled: (id: string, enabled: boolean) => admin('PUT', `/${name}/users/${id}`, { enabled }),
    link: (person: string, subject: string) =>
      app.platform.pools
        .database('users')
        .query(
          statement<[issuer: string, subject: string, person: string], never>(
            't.link',
            'insert into identity (issuer, subject, person_id, created_at) values ($1, $2, $3, now())',
          ),
          [realm.issuer, subject, person],
        ),
  };
}

const someone = () => {
  const address = `ines-${randomUUID().slice(0, 8)}@lanternyard.example`;
  return { name: 'Ines Maria Walter', address };
};

async function mailsTo(address: string): Promise<Mail[]> {
  const answer = await fetch(`${mailpit}/api/v1/search?query=${encodeURIComponent(`to:"${address}"`)}`);
  return ((await answer.json()) as { messages: Mail[] }).messages;
}

/** Asks again until it is so, for half a minute at most. */
async function within<T>(ask: () => Promise<T | undefined | false>, milliseconds = 30_000): Promise<T> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const found = await ask();
    if (found) return found;
    assert.ok(performance.now() < end, 'it came to be in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('who is added in the console is made at Keycloak once, and gets a mail by which to choose a password', async () => {
  const { app, operator, users, withAddress } = await aPlatform();
  const given = someone();
  const made = await operator.post('/api/people', given);
  assert.deepEqual([made.status, made.body.toDo, made.body.link], [201, null, null]);
  const user = await within(() => withAddress(given.address));
  await app.settled();
  assert.deepEqual(
    [user.enabled, user.emailVerified, user.firstName, user.lastName],
    [true, false, 'Ines Maria', 'Walter'],
  );
  assert.deepEqual(user.requiredActions, ['UPDATE_PASSWORD']);
  assert.deepEqual(user.attributes, { taskConnectPerson: [made.body.id] });
  const mails = await within(async () => {
    const found = (await mailsTo(given.address)).filter(({ Subject }) => /account/i.test(Subject));
    return found.length > 0 && found;
  });
  assert.equal(mails.length, 1);

  const again = await operator.post(`/api/people/${made.body.id}/password-mail`);
  assert.deepEqual([again.status, again.body], [202, { toDo: null, link: null }]);
  await within(async () => (await mailsTo(given.address)).length === 2);

  // The same again, as after a crash before the event was marked as handled.
  const { issuerPeople } = app.platform.identity.parts;
  assert.equal(await issuerPeople!.make(made.body.id), user.id);
  assert.equal((await users(`&q=taskConnectPerson:${made.body.id}`)).length, 1);
});

test('deactivating in the console disables the account at Keycloak, and reactivating enables it', async () => {
  const { app, operator, withAddress, user, setEnabled } = await aPlatform();
  const given = someone();
  const made = await operator.post('/api/people', given);
  const { id } = await within(() => withAddress(given.address));
  await app.settled();
  const path = `/api/people/${made.body.id}`;
  assert.deepEqual((await operator.patch(path, { active: false })).body.toDo, null);
  await within(async () => !(await user(id)).enabled);
  const before = await user(id);
  assert.deepEqual([before.attributes, before.firstName], [{ taskConnectPerson: [made.body.id] }, 'Ines Maria']);
  assert.equal((await operator.patch(path, { active: true })).status, 200);
  await within(async () => (await user(id)).enabled);
  await app.settled();

  // What is changed at Keycloak stays when something else is changed here.
  await setEnabled(id, false);
  assert.equal((await operator.patch(path, { platformRoles: ['administrator'] })).status, 200);
  await app.settled();
  assert.equal((await user(id)).enabled, false);
});

test('whoever signed in through Keycloak is followed too, and what they are signed in with there ends', async () => {
  const { site, realm } = await aKeycloakSite();
  const id = await realm.addUser(ada);
  const { cookie } = await signInAtKeycloak(site, ada);
  const { actor } = await whoAsks(site.identity, { cookie });
  const sessions = () => admin<unknown[]>('GET', `/${realm.name}/users/${id}/sessions`);
  assert.equal((await sessions()).length, 1);
  const setActive = (active: boolean) =>
    site.database.query(
      statement<[id: string, active: boolean], never>(
        `t.active-${active}`,
        'update person set active = $2 where id = $1',
      ),
      [actor!.person, active],
    );
  await setActive(false);
  await site.identity.parts.issuerPeople!.follow(actor!.person);
  assert.deepEqual(await sessions(), []);
  const refused = await signInAtKeycloak(site, ada);
  assert.equal(refused.cookie, '');
  await setActive(true);
  await site.identity.parts.issuerPeople!.follow(actor!.person);
  assert.ok((await signInAtKeycloak(site, ada)).cookie);
});

test('nobody at Keycloak is touched whom the platform did not make and who never signed in', async () => {
  const { app, operator, realm, user, users } = await aPlatform();
  const given = someone();
  const id = await realm.addUser({ ...given, password: 'a password of twelve' });
  const before = await user(id);
  const made = await operator.post('/api/people', given);
  assert.equal(made.status, 201);
  await app.settled();
  await operator.patch(`/api/people/${made.body.id}`, { active: false });
  await app.settled();
  assert.deepEqual(await user(id), before);
  assert.equal((await users()).length, 1);
  const letters = await operator.get('/api/platform/dead-letters?plugin=users');
  assert.deepEqual([letters.status, letters.body.items], [200, []]);
});

test('while Keycloak hangs the change counts here at once, and is made there when it is back', async () => {
  const { app, operator, withAddress, user } = await aPlatform();
  const given = someone();
  const made = await operator.post('/api/people', given);
  const { id } = await within(() => withAddress(given.address));
  await app.settled();
  const keycloak = serverControl('keycloak');
  keycloak.pause();
  try {
    assert.equal((await operator.patch(`/api/people/${made.body.id}`, { active: false })).status, 200);
    assert.equal((await operator.get('/api/people?active=false')).body.items.length, 1);
    // Until a try of it has failed.
    await within(async () => {
      const { rows } = await app.platform.pools
        .connect('users')
        .then((client) =>
          client
            .query(`select attempts from tc.inbox where handler = 'administer-at-issuer' and attempts > 0`)
            .finally(() => client.release()),
        );
      return rows.length > 0;
    });
  } finally {
    keycloak.resume();
  }
  await within(async () => !(await user(id)).enabled, 60_000);
});

test('without a credential for it the change is made here, and the answer says so', async () => {
  const { app, operator, users } = await aPlatform({ clientSecret: realmSecrets.clientSecret });
  const made = await operator.post('/api/people', someone());
  assert.equal(made.status, 201);
  assert.match(made.body.toDo, /no credential/);
  assert.match((await operator.post(`/api/people/${made.body.id}/password-mail`)).body.toDo, /no credential/);
  assert.match((await operator.patch(`/api/people/${made.body.id}`, { active: false })).body.toDo, /no credential/);
  await app.settled();
  assert.deepEqual(await users(), []);
});

test('a credential that Keycloak refuses is told of by the health of sign-in, until it is right', async () => {
  const { app, operator, withAddress } = await aPlatform({ ...realmSecrets, adminClientSecret: 'another one' });
  const given = someone();
  await operator.post('/api/people', given);
  const health = await within(async () => {
    const check = await app.platform.identity.check();
    return check.ok ? undefined : check.reason;
  });
  assert.match(health, /does not let the platform manage its people.*services\/keycloak-secrets/);
  await app.platform.secrets.write('services/keycloak-secrets', realmSecrets);
  await within(() => withAddress(given.address), 60_000);
  await within(async () => (await app.platform.identity.check()).ok);
});

test('who is deactivated at Keycloak loses personal tokens at the next look, and has them again when active', async () => {
  const { app, realm, link, setEnabled, operator } = await aPlatform();
  const person = await app.person('manager');
  const other = await app.person('member');
  const invitations = `/api/organisations/${app.organisation}/invitations`;
  const { id: sent } = (await person.post(invitations, { address: someone().address })).body;
  const [id, otherId] = [
    await realm.addUser({ ...someone(), password: 'a password of twelve' }),
    await realm.addUser({ ...someone(), password: 'a password of twelve' }),
  ];
  await link(person.person!, id);
  await link(other.person!, otherId);
  const { issuerPeople } = app.platform.identity.parts;
  const answers = async (status: number) => (await person.get('/api/me')).status === status;
  await issuerPeople!.look();
  assert.ok(await answers(200));
  await setEnabled(id, false);
  await issuerPeople!.look();
  await within(() => answers(401));
  assert.equal((await other.get('/api/me')).status, 200);
  // They know the link of what they sent, and could come back by it.
  assert.deepEqual((await app.as('owner').get(invitations)).body.items, []);
  const withdrawn = () => operator.get(`/api/platform/audit?action=invitation.withdrawn&subject=${sent}`);
  await within(async () => (await withdrawn()).body.items.length === 1);
  await setEnabled(id, true);
  await issuerPeople!.look();
  await within(() => answers(200));
  await admin('DELETE', `/${realm.name}/users/${id}`);
  await issuerPeople!.look();
  await within(() => answers(401));
  assert.equal((await other.get('/api/me')).status, 200);
});

test('the look is made by itself within a minute, and suspends nobody while Keycloak hangs', async () => {
  const { app, realm, link, setEnabled } = await aPlatform();
  const person = await app.person('member');
  const id = await realm.addUser({ ...someone(), password: 'a password of twelve' });
  await link(person.person!, id);
  const keycloak = serverControl('keycloak');
  keycloak.pause();
  try {
    await assert.rejects(app.platform.identity.parts.issuerPeople!.look(), /does not answer/);
    assert.equal((await person.get('/api/me')).status, 200);
  } finally {
    keycloak.resume();
  }
  await setEnabled(id, false);
  await within(async () => (await person.get('/api/me')).status === 401, 60_000);
});
