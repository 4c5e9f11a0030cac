import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { aSite, ines, type Site, signIn, tomas, until, whoAsks } from './test-site.ts';

const run = (site: Site, name: string, text: string) =>
  site.database.query(statement<[], unknown>(`t.${name}`, text), []);

async function registerPage(site: Site) {
  const browser = site.browser();
  const login = await browser.open(`${site.publicUrl}/auth/login`);
  const link = /href="([^"]+\/register)"/.exec(login.text)?.[1];
  return { browser, login, page: link ? await browser.open(link) : undefined };
}

test('who registers gets a mail, confirms the address, and signs in', async () => {
  const site = await aSite({ base: '/tc' });
  const { browser, page } = await registerPage(site);
  const answer = await browser.fill(page!, ines);
  assert.match(answer.text, /Look into your mail/);
  assert.equal((await signIn(site)).cookie, '');

  const link = await site.linkFor(ines.address);
  assert.ok(link.startsWith(`${site.publicUrl}/oidc/verify?token=`));
  const confirm = await browser.open(link);
  assert.equal((await run(site, 'people', 'select id from person')).length, 0);
  const made = await browser.fill(confirm, {});
  assert.match(made.text, /The account is made/);
  assert.equal((await browser.fill(confirm, {})).status, 410);
  assert.equal((await browser.open(link)).status, 410);
  assert.notEqual((await signIn(site)).cookie, '');
});

test('registering an address that has an account looks the same, and tells by mail alone', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const texts = [];
  for (const person of [ines, tomas]) {
    const { browser, page } = await registerPage(site);
    const answer = await browser.fill(page!, { ...person, password: 'another long password' });
    texts.push([answer.status, answer.text.replaceAll(person.address, 'X')]);
  }
  assert.deepEqual(texts[0], texts[1]);
  await site.identity.settled();
  assert.deepEqual(
    site.world.mails.map(({ subject }) => subject),
    ['You have an account already', 'Confirm your address'],
  );
  assert.notEqual((await signIn(site)).cookie, '');
});

test('wrong input is said at its field, and nothing is made', async () => {
  const site = await aSite();
  const { browser, page } = await registerPage(site);
  const answer = await browser.fill(page!, { name: ' ', address: 'nonsense', password: 'short' });
  assert.equal(answer.status, 422);
  for (const name of ['name', 'address', 'password']) assert.match(answer.text, new RegExp(`id="${name}-fault"`));
  assert.equal(site.world.mails.length, 0);
});

test('ten who share a network register one after the other; one address gets no more than three letters', async () => {
  const site = await aSite();
  const register = async (address: string) => {
    const { browser, page } = await registerPage(site);
    return (await browser.fill(page!, { ...ines, address })).status;
  };
  for (let n = 0; n < 10; n += 1) assert.equal(await register(`colleague-${n}@lanternyard.example`), 200);
  const statuses: number[] = [];
  for (let n = 0; n < 4; n += 1) statuses.push(await register(tomas.address));
  assert.deepEqual(statuses, [200, 200, 200, 429]);
  await site.identity.settled();
  assert.equal(site.world.mails.length, 13);
});

test('closed registration has no page, and invite none without an invitation', async () => {
  for (const registration of ['closed', 'invite'] as const) {
    const site = await aSite({ registration });
    const { browser, login, page } = await registerPage(site);
    assert.equal(page, undefined);
    const action = /action="([^"]+)\/sign-in"/.exec(login.text)![1]!;
    assert.equal((await browser.open(`${action}/register`)).status, 403);
    const forced = await browser.fill({ ...login, text: login.text.replace('/sign-in"', '/register"') }, ines);
    assert.equal(forced.status, 403);
    assert.equal(site.world.mails.length, 0);
  }
});

test('an invitation lets its holder make an account and join, after asking', async () => {
  const site = await aSite({ registration: 'invite' });
  const { token, digest } = site.identity.parts.links.issue('invitation');
  await run(
    site,
    'yard',
    `insert into organisation (id, name, created_at) values ('0190d6f0-0000-7000-8000-0000000000b1', 'Lantern <Yard>', now())`,
  );
  const expires = site.world.now.add({ hours: 24 }).toString();
  await run(
    site,
    'invite',
    `insert into invitation (organisation_id, address, role, token_digest, created_at, expires_at)
     values ('0190d6f0-0000-7000-8000-0000000000b1', '${ines.address}', 'manager', '${digest}', now(), '${expires}')`,
  );
  const browser = site.browser();
  const asked = await browser.open(`/auth/invitation?token=${token}`);
  assert.match(asked.text, /Join “Lantern &lt;Yard&gt;”\?/);
  assert.equal(browser.cookie('tc_invitation'), undefined);
  assert.equal((await browser.submit(asked, {}, { 'sec-fetch-site': 'cross-site' })).status, 403);

  const login = await browser.fill(asked, {});
  const register = await browser.open(/href="([^"]+\/register)"/.exec(login.text)![1]!);
  assert.match(register.text, /readonly/);
  // The address is the invitation’s, whatever is sent.
  const landed = await browser.fill(register, { ...ines, address: tomas.address });
  assert.equal(landed.url, `${site.publicUrl}/`);
  const cookie = `tc_session_i7=${browser.cookie('tc_session_i7')}`;
  const headers = { cookie, 'tc-organization': '0190d6f0-0000-7000-8000-0000000000b1' };
  await until(async () => (await whoAsks(site.identity, headers)).status === 200);
  const { actor } = await whoAsks(site.identity, headers);
  assert.deepEqual([actor!.role, actor!.name], ['manager', ines.name]);
  assert.equal(browser.cookie('tc_invitation'), undefined);
  await site.identity.settled();
  assert.deepEqual(
    site.records.map(({ change }) => change.action),
    ['invitation.accepted'],
  );
  assert.equal((await site.browser().open(`/auth/invitation?token=${token}`)).status, 410);
});

test('a forgotten password is chosen anew by a mailed link, which ends everything that was signed in', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const { cookie, browser: other } = await signIn(site);
  const browser = site.browser();
  const forgot = await browser.open('/oidc/forgot');
  const answer = await browser.fill(forgot, { address: ines.address });
  const link = await site.linkFor(ines.address);
  const page = await browser.open(link);
  assert.equal((await browser.fill(page, { password: 'short' })).status, 422);
  const changed = await browser.fill(page, { password: 'quay wall at low tide' });
  assert.match(changed.text, /The password is changed/);
  await until(async () => (await site.api({ cookie })).status === 401);
  assert.match((await other.open('/auth/login')).text, /name="password"/);
  assert.equal((await signIn(site)).cookie, '');
  assert.notEqual((await signIn(site, { ...ines, password: 'quay wall at low tide' })).cookie, '');
  assert.equal((await browser.open(link)).status, 410);

  const unknown = await browser.fill(forgot, { address: 'nobody@lanternyard.example' });
  assert.equal(unknown.text.replaceAll('nobody@lanternyard.example', 'X'), answer.text.replaceAll(ines.address, 'X'));
  await site.identity.settled();
  assert.equal(site.world.mails.filter(({ to }) => to.address.startsWith('nobody')).length, 0);
});

test('a mailed link works once, however many open it at the same moment, and not after its time', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const browser = site.browser();
  const forgot = await browser.open('/oidc/forgot');
  await browser.fill(forgot, { address: ines.address });
  const page = await browser.open(await site.linkFor(ines.address));
  const words = ['quay wall one', 'quay wall two', 'quay wall three', 'quay wall four', 'quay wall five'];
  const answers = await Promise.all(words.map((password) => browser.submit(page, { password })));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 410, 410, 410, 410]);

  await browser.fill(forgot, { address: ines.address });
  const late = await site.linkFor(ines.address);
  site.world.now = site.world.now.add({ minutes: 61 });
  assert.equal((await browser.open(late)).status, 410);
});

test('the first administrator changes the one-time password before anything else', async () => {
  const site = await aSite();
  const access = await site.identity.ensureFirstAdministrator();
  assert.equal(access!.address, 'admin@localhost.localdomain');
  assert.match(access!.oneTimePassword, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  const again = await Promise.all([site.start(), site.start()]);
  for (const other of again) assert.deepEqual(await other.ensureFirstAdministrator(), access);
  assert.equal((await run(site, 'people', 'select id from person')).length, 1);

  const admin = { name: 'Administrator', address: access!.address, password: access!.oneTimePassword };
  const { browser, landed } = await signIn(site, admin);
  assert.match(landed.text, /Choose a password/);
  assert.equal(browser.cookie('tc_session_'), undefined);
  const weak = await browser.fill(landed, { password: 'short' });
  assert.equal(weak.status, 422);
  const same = await browser.fill(weak, { password: access!.oneTimePassword });
  assert.equal(same.status, 422);
  assert.match(same.text, /This one was for once/);
  const done = await browser.fill(same, { password: 'lamps along the quay' });
  assert.equal(done.url, `${site.publicUrl}/tasks`);
  const cookie = `tc_session_i7=${browser.cookie('tc_session_i7')}`;
  const { actor } = await whoAsks(site.identity, { cookie });
  assert.deepEqual(actor!.platformRoles, ['administrator']);
  assert.equal(actor!.may('people:manage'), true);

  assert.equal(await site.identity.ensureFirstAdministrator(), null);
  assert.equal((await signIn(site, admin)).landed.status, 401);
  assert.equal(await site.secrets.read('services/first-administrator'), undefined);
});

test('guessing is slowed down, and tells nothing of whether there is an account', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const answers: string[][] = [];
  for (const address of [ines.address, 'nobody@lanternyard.example']) {
    const browser = site.browser();
    const page = await browser.open('/auth/login');
    const seen: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const answer = await browser.fill(page, { address, password: 'not this one at all' });
      const uid = /interaction\/([^/"]+)/.exec(page.text)![1]!;
      seen.push(
        `${answer.status} ${answer.headers.get('retry-after')} ${answer.text.replaceAll(address, 'X').replaceAll(uid, 'U')}`,
      );
    }
    answers.push(seen);
  }
  assert.deepEqual(answers[0], answers[1]);
  assert.deepEqual(
    answers[0]!.map((each) => each.slice(0, 6)),
    ['401 nu', '401 nu', '401 nu', '401 nu', '401 nu', '429 30'],
  );
  // Not even the right password, until the wait is over.
  assert.equal((await signIn(site)).landed.status, 429);
  site.world.now = site.world.now.add({ seconds: 31 });
  assert.notEqual((await signIn(site)).cookie, '');
});

test('a password hashed with yesterday’s cost is hashed anew at sign-in', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const hash = async () =>
    ((await run(site, 'hash', 'select password_hash from credential'))[0] as { password_hash: string }).password_hash;
  const { makePasswords } = await import('./passwords.ts');
  const older = await makePasswords({ cost: { memory: 32, passes: 1, parallelism: 1 } }).hash(ines.password);
  await run(site, 'older', `update credential set password_hash = '${older}'`);
  assert.notEqual((await signIn(site)).cookie, '');
  assert.match(await hash(), /m=64,/);
  assert.notEqual((await signIn(site)).cookie, '');
});

test('two accounts cannot share an address, in whatever case', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const twice = { ...tomas, address: 'INES@lanternyard.example' };
  await assert.rejects(site.identity.createPerson(twice), { status: 409, type: 'identity/address-taken' });
  const both = await Promise.allSettled([site.identity.createPerson(tomas), site.identity.createPerson(tomas)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const refused = both.find((each) => each.status === 'rejected');
  assert.equal((refused as PromiseRejectedResult).reason.status, 409);
});

test('contacts and members are those who are active now', async () => {
  const site = await aSite();
  const [one, two] = [await site.identity.createPerson(ines), await site.identity.createPerson(tomas)];
  const unknown = '00000000-0000-7000-8000-000000000000';
  assert.deepEqual((await site.identity.contacts.contact([one, two, unknown, one])).map(({ name }) => name).sort(), [
    ines.name,
    tomas.name,
  ]);
  await run(site, 'off', `update person set active = false where id = '${two}'`);
  assert.equal((await site.identity.contacts.contact([one, two])).length, 1);
  assert.deepEqual(await site.identity.contacts.contact([]), []);
});

test('what has ended is swept away', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  await signIn(site);
  const counts = async () =>
    (
      await run(
        site,
        'counts',
        'select (select count(*)::int from session) as sessions, (select count(*)::int from oidc_payload) as payloads',
      )
    )[0];
  assert.notDeepEqual(await counts(), { sessions: 0, payloads: 0 });
  await site.identity.parts.sweep(site.database, site.world.now);
  assert.equal(((await counts()) as { sessions: number }).sessions, 1);
  await site.identity.parts.sweep(site.database, site.world.now.add({ hours: 24 * 100 }));
  assert.deepEqual(await counts(), { sessions: 0, payloads: 0 });
});
