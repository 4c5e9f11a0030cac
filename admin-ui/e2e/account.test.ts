import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { type Console, openConsole } from './console.ts';

// A person who does not run the platform, before their organisation and their own account.

let desk: Console;
let person = '';
before(async () => {
  desk = await openConsole({ administrator: false });
  const find = statement<[], { id: string }>('t.ines', `select id from person where name = 'Ines Calder'`);
  person = (await desk.test.platform.pools.database('users').query(find, []))[0]!.id;
  await become('guest');
  await desk.page.evaluate((id) => localStorage.setItem('tc-organisation', id), desk.test.organisation);
});
after(() => desk[Symbol.asyncDispose]());

const become = (role: string) =>
  desk.test.as('administrator').put(`/api/people/organisations/${desk.test.organisation}/members/${person}`, { role });

test('a guest sees who is here, no addresses, no invitations, and nothing of the platform', async () => {
  const { page } = desk;
  await desk.open('/organisation');
  await page.getByRole('row', { name: /owner/ }).first().waitFor();
  assert.equal(await page.getByRole('columnheader', { name: 'Address' }).count(), 0);
  assert.equal(await page.getByText('owner.1@example.test').count(), 0);
  assert.equal(await page.getByRole('tab', { name: 'Invitations' }).count(), 0);
  await desk.open('/platform/people');
  await page.getByText('This is for those who run the platform.').waitFor();
  await desk.open('/platform/secrets');
  await page.getByText('This is for those who run the platform.').waitFor();
});

test('a member sees addresses and what each role may, and changes no role', async () => {
  const { page } = desk;
  await become('member');
  await desk.open('/organisation');
  await page.getByRole('columnheader', { name: 'Address' }).waitFor();
  assert.equal(await page.getByRole('combobox', { name: /^Role of/ }).count(), 0);
  await page.getByRole('tab', { name: 'Roles' }).click();
  await page.getByRole('table', { name: 'Roles and permissions' }).getByText('Invite people').waitFor();
  assert.equal(await page.getByText('Manage all accounts').count(), 0);
});

test('a manager invites, sends again and withdraws', async () => {
  const { page } = desk;
  await become('manager');
  await desk.open('/organisation?part=invitations');
  await page.getByLabel('Mail address').fill('rosa@lanternyard.example');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const row = page.getByRole('row', { name: /rosa@lanternyard\.example/ });
  await row.waitFor();
  await page.getByText('/auth/invitation?token=').waitFor();
  await row.getByRole('button', { name: 'Send again' }).click();
  await row.waitFor();
  await row.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('Nobody is invited now.').waitFor();
});

test('a token gets the scopes that are chosen, is shown once, and can be revoked', async () => {
  const { page } = desk;
  await desk.open('/me');
  await page.getByRole('button', { name: 'New token…' }).click();
  const form = page.getByRole('form', { name: 'New token' });
  await form.getByLabel('What is it for?').fill('Backup');
  await form.getByLabel('Invite people, up to one’s own role').check();
  await form.getByRole('button', { name: 'Make the token' }).click();
  const token = await page.getByText(/^tc_pat_/).textContent();
  const me = await fetch(`${desk.url}api/me`, { headers: { authorization: `Bearer ${token}` } });
  assert.deepEqual(((await me.json()) as { permissions: string[] }).permissions, ['organisation:invite']);
  const row = page.getByRole('row', { name: /Backup/ });
  await row.getByRole('button', { name: 'Revoke…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await row.waitFor({ state: 'detached' });
});

test('this browser is marked, the password is changed with the present one, and the history says so', async () => {
  const { page } = desk;
  await desk.open('/me');
  await page.getByText('this one').waitFor();
  await page.getByLabel('Present password').fill('webbing and jute, 35 kg');
  await page.getByLabel('New password').fill('chalk on the slipway');
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByText('Your password is changed').waitFor();
  await desk.test.settled();
  await desk.open('/me');
  await page.getByRole('list', { name: 'History' }).getByText('Password changed').waitFor();
});
