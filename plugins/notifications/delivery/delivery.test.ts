import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';

const clock = manualClock('2027-03-14T08:00:00Z');
const app = await makeTestPlatform({
  plugins: ['tasks', 'notifications'],
  clock,
  settings: { publicUrl: 'https://connect.example.com' },
});
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const manager = app.as('manager');

type Told = { id: string; title: string; readAt: string | null };
type Delivery = { title: string; channel: string; state: string; reason: string | null };

/** Makes the person be told of something: a task whose reminder is due at once. */
async function tell(client: typeof member, title: string): Promise<void> {
  const at = clock.now().add({ minutes: 10 }).toString();
  const answer = await client.post('/api/tasks', { title, due: { at }, assignee: client.person });
  assert.equal(answer.status, 201);
  await app.settled();
}
const inboxOf = async (client: typeof member): Promise<Told[]> =>
  (await client.get('/api/notifications?limit=200')).body.items;
const deliveriesOf = async (client: typeof member, title: string): Promise<Delivery[]> =>
  (await client.get('/api/notification-deliveries?limit=200')).body.items.filter(
    (item: Delivery) => item.title === title,
  );
const prefer = (client: typeof member, channels: { 'in-app': boolean; email: boolean }) =>
  client.put('/api/notification-preferences', { plugin: 'tasks', kind: 'reminder', channels });

async function reminderPreference(client: typeof member) {
  const { items } = (await client.get('/api/notification-preferences')).body;
  return items.find(({ kind }: { kind: string }) => kind === 'reminder');
}

const mails = join(app.platform.settings.data, 'mail');
/** The messages with this subject, as they lie in the folder that stands for a mail server. */
async function mailsAbout(subject: string): Promise<string[]> {
  const files = existsSync(mails) ? await readdir(mails) : [];
  const texts = await Promise.all(files.map((file) => readFile(join(mails, file), 'utf8')));
  return texts.filter((text) => text.includes(`Subject: ${subject}\r\n`));
}

test('a person is told in the inbox and by e-mail, once each, and nobody else is', async () => {
  await tell(member, 'first');
  assert.equal((await inboxOf(member)).filter(({ title }) => title === 'first').length, 1);
  assert.equal((await inboxOf(manager)).length, 0);
  const [mail, ...more] = await mailsAbout('first');
  assert.equal(more.length, 0);
  assert.match(mail!, /Due today at 09:10\./u);
  assert.match(mail!.replaceAll('=\r\n', ''), /Open it: https:\/\/connect\.example\.com\/tasks\//);
  assert.deepEqual(
    (await deliveriesOf(member, 'first')).map(({ channel, state, reason }) => [channel, state, reason]).sort(),
    [
      ['email', 'sent', null],
      ['in-app', 'sent', null],
    ],
  );
  assert.equal((await deliveriesOf(manager, 'first')).length, 0);
});

test('what is read stays read, and the count follows', async () => {
  await tell(member, 'second');
  const before = (await member.get('/api/notifications/count')).body.unread;
  const told = (await inboxOf(member)).find(({ title }) => title === 'second')!;
  assert.equal((await manager.post(`/api/notifications/${told.id}/read`)).status, 404);
  const read = (await member.post(`/api/notifications/${told.id}/read`)).body;
  clock.advance({ minutes: 1 });
  assert.equal((await member.post(`/api/notifications/${told.id}/read`)).body.readAt, read.readAt);
  assert.equal((await member.get('/api/notifications/count')).body.unread, before - 1);
  const unread = (await member.get('/api/notifications?unread=true&count=true')).body;
  assert.equal(unread.total, before - 1);
  assert.ok(unread.items.every(({ readAt }: Told) => readAt === null));
  assert.deepEqual((await member.post('/api/notifications/read-all')).body, { read: before - 1 });
  assert.deepEqual((await member.post('/api/notifications/read-all')).body, { read: 0 });
});

test('pages of the inbox hold each notification once, the newest first', async () => {
  for (const title of ['third', 'fourth', 'fifth']) await tell(member, title);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: { items: Told[]; next: string | null } } = await member.get(
      `/api/notifications?limit=2${cursor && `&cursor=${cursor}`}`,
    );
    seen.push(...body.items.map(({ title }) => title));
    cursor = body.next;
  }
  assert.deepEqual(seen.slice(0, 3), ['fifth', 'fourth', 'third']);
  assert.equal(new Set(seen).size, seen.length);
  assert.equal((await member.get('/api/notifications?cursor=abc')).status, 422);
});

test('a channel that is switched off is not used, and the log says why', async () => {
  const changed = await prefer(member, { 'in-app': true, email: false });
  assert.deepEqual(changed.body, {
    plugin: 'tasks',
    kind: 'reminder',
    title: 'A task is due',
    channels: { 'in-app': true, email: false },
  });
  await tell(member, 'quiet');
  assert.equal((await mailsAbout('quiet')).length, 0);
  const email = (await deliveriesOf(member, 'quiet')).find(({ channel }) => channel === 'email');
  assert.deepEqual([email?.state, email?.reason], ['not-sent', 'Switched off in the preferences.']);

  await prefer(member, { 'in-app': false, email: true });
  await tell(member, 'by e-mail alone');
  assert.equal((await mailsAbout('by e-mail alone')).length, 1);
  assert.ok(!(await inboxOf(member)).some(({ title }) => title === 'by e-mail alone'));
  assert.deepEqual((await reminderPreference(member)).channels, { 'in-app': false, email: true });
  await prefer(member, { 'in-app': true, email: true });
});

test('a kind that there is not cannot be chosen, and the choice of one person is theirs alone', async () => {
  const refused = await member.put('/api/notification-preferences', {
    plugin: 'tasks',
    kind: 'weather',
    channels: { 'in-app': true, email: true },
  });
  assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/kind']);
  const half = await member.put('/api/notification-preferences', { plugin: 'tasks', kind: 'reminder', channels: {} });
  assert.equal(half.status, 422);
  await prefer(member, { 'in-app': false, email: false });
  assert.deepEqual((await reminderPreference(manager)).channels, { 'in-app': true, email: true });
  await prefer(member, { 'in-app': true, email: true });
});

test('what is preferred at the moment of sending counts, not at that of asking', async () => {
  // A file in the place of the folder: no mail can be handed over for a while.
  await rename(mails, `${mails}-away`);
  await writeFile(mails, '');
  await tell(member, 'undecided');
  const stateOf = async () => (await deliveriesOf(member, 'undecided')).find(({ channel }) => channel === 'email');
  const failed = await stateOf();
  assert.equal(failed?.state, 'failed');
  assert.match(failed?.reason ?? '', /tried again/);

  await prefer(member, { 'in-app': true, email: false });
  await rm(mails);
  await rename(`${mails}-away`, mails);
  clock.advance({ minutes: 30 });
  await app.settled();
  assert.equal((await mailsAbout('undecided')).length, 0);
  assert.deepEqual(await stateOf().then((delivery) => [delivery?.state, delivery?.reason]), [
    'not-sent',
    'Switched off in the preferences.',
  ]);
  await prefer(member, { 'in-app': true, email: true });
});

test('a message that could not be sent is sent later, once', async () => {
  await rename(mails, `${mails}-away`);
  await writeFile(mails, '');
  await tell(member, 'patient');
  await rm(mails);
  await rename(`${mails}-away`, mails);
  clock.advance({ minutes: 30 });
  await app.settled();
  assert.equal((await mailsAbout('patient')).length, 1);
  assert.equal((await deliveriesOf(member, 'patient')).find(({ channel }) => channel === 'email')?.state, 'sent');
});
