import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Console, openConsole } from './console.ts';

// Who runs the platform, before the pages about people, secrets and the audit log.

let desk: Console;
before(async () => {
  desk = await openConsole();
  await desk.test.person('member', 'Wanda Karr');
});
after(() => desk[Symbol.asyncDispose]());

test('an account is made, looked at, and deactivated after its consequences were read', async () => {
  const { page } = desk;
  await desk.open('/platform/people');
  await page.getByRole('button', { name: 'New person' }).click();
  const panel = page.getByRole('region', { name: 'New person' });
  await panel.getByLabel('Name').fill('Piet Hoorn');
  await panel.getByLabel('Mail address').fill('piet@lanternyard.example');
  await panel.getByRole('button', { name: 'Make the account' }).click();
  await panel.getByText('The account is made.').waitFor();

  await desk.open('/platform/people?text=hoorn');
  await page.getByRole('link', { name: 'Piet Hoorn' }).click();
  await page.getByRole('heading', { level: 1, name: 'Piet Hoorn' }).waitFor();
  await page.getByRole('list', { name: 'History' }).getByText('Account made').waitFor();
  await page.getByRole('button', { name: 'Manage' }).click();
  await page.getByRole('menuitem', { name: 'Deactivate…' }).click();
  const question = page.getByRole('dialog', { name: 'Deactivate Piet Hoorn?' });
  await question.getByText('Piet Hoorn cannot sign in.').waitFor();
  await question.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByText('deactivated').first().waitFor();
  await desk.open('/platform/people?state=deactivated');
  await page.getByRole('row', { name: /Piet Hoorn/ }).waitFor();
  assert.equal(await page.getByRole('row', { name: /Wanda Karr/ }).count(), 0);
});

test('somebody is put into an organisation and gets another role', async () => {
  const { page, test: platform } = desk;
  await desk.open(`/platform/people/organisations/${platform.organisation}`);
  await page.getByRole('button', { name: 'Put somebody in' }).click();
  const panel = page.getByRole('region', { name: /^Put somebody into/ });
  await panel.getByRole('searchbox').fill('Ines Calder');
  const found = panel.getByRole('listitem').filter({ hasText: 'ines.calder@example.test' });
  await found.getByRole('button', { name: 'Add as member' }).click();
  const role = page.getByRole('combobox', { name: 'Role of Ines Calder' });
  await role.waitFor();
  await role.click();
  await page.getByRole('option', { name: 'Manager' }).click();
  await page.getByRole('combobox', { name: 'Role of Ines Calder' }).and(page.locator('[value="Manager"]')).waitFor();
  await platform.settled();
  await page.reload();
  await page.getByRole('list', { name: 'History' }).getByText('Role changed').waitFor();
  const members = (await platform.as('administrator').get(`/api/people/organisations/${platform.organisation}/members`))
    .body.items;
  assert.equal(members.find((each: { name: string }) => each.name === 'Ines Calder').role, 'manager');
});

test('the matrix says who may do what, and finds a permission by a word', async () => {
  const { page } = desk;
  await desk.open('/platform/people/roles');
  const table = page.getByRole('table', { name: 'Roles and permissions' });
  const invite = table.getByRole('row', { name: /Invite people/ });
  await invite.waitFor();
  assert.equal(await invite.getByRole('img', { name: 'yes' }).count(), 2);
  assert.equal(await invite.getByRole('img', { name: 'no' }).count(), 3);
  await page.getByRole('searchbox').fill('invite');
  await page.getByText('One permission').waitFor();
});

test('a secret is entered, shown for a reason with the password, and deleted by typing its name', async () => {
  const { page } = desk;
  await desk.open('/platform/secrets/external-apis.sendgrid-key');
  await page.getByText('Not set.').waitFor();
  await page.getByLabel('API key').fill('SG.chalk');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 1, written').waitFor();
  assert.equal(await page.getByText('SG.chalk').count(), 0);

  desk.expectComplaint(/status of 403/);
  await page.getByRole('button', { name: 'Show…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What do you need it for?').fill('SendGrid asks for it');
  await dialog.getByRole('button', { name: 'Show', exact: true }).click();
  await dialog.getByLabel('Your password').fill('webbing and jute, 35 kg');
  await dialog.getByRole('button', { name: 'Show', exact: true }).click();
  await dialog.getByText('SG.chalk').waitFor();
  await dialog.getByRole('button', { name: 'Hide it' }).click();
  assert.equal(await page.getByText('SG.chalk').count(), 0);

  await page.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('textbox').fill('external-apis/sendgrid-key');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Choose a secret').waitFor();
});

test('the audit log has the reason, is filtered, and leaves as a file', async () => {
  const { page } = desk;
  await desk.open('/platform/audit');
  await page.getByRole('button', { name: 'Action' }).click();
  await page.getByRole('menuitem', { name: 'Secret shown' }).click();
  await page.getByRole('button', { name: 'Secret shown', exact: true }).click();
  await page.getByRole('region', { name: 'Secret shown' }).getByText('SendGrid asks for it').waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV, for spreadsheets' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^audit-.*\.csv$/);
});
