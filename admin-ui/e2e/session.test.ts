import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openConsole } from './console.ts';

test('a member sees no platform, and its pages are not shown to them', async () => {
  await using desk = await openConsole({ plugins: ['tasks'], administrator: false });
  const { page } = desk;
  await page.getByText('Nothing is due today').waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Platform' }).count(), 0);
  await desk.open('/platform/plugins');
  await page.getByText('This is for those who run the platform.').waitFor();
});

test('a session that ends is told, and what was typed is kept', async () => {
  await using desk = await openConsole({ plugins: ['tasks'] });
  desk.expectComplaint(/status of 401/);
  const { page } = desk;
  await desk.open('/tasks');
  const line = page.getByRole('textbox', { name: 'Add a task' });
  await line.fill('Wax the threads');
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Sign in again to go on' }).waitFor();

  // As if the person had signed in again in another tab.
  await page.context().addCookies(cookies);
  await page.getByRole('button', { name: 'I am signed in' }).click();
  assert.equal(await line.inputValue(), 'Wax the threads');
  await line.press('Enter');
  await page.getByRole('row', { name: /Wax the threads/ }).waitFor();
});

test('a server that is away is told at once, and what was typed is kept', async () => {
  await using desk = await openConsole({ plugins: ['tasks'] });
  desk.expectComplaint(/Failed to load resource/);
  const { page } = desk;
  await desk.open('/tasks');
  const line = page.getByRole('textbox', { name: 'Add a task' });
  await page.getByText('Nothing to do').waitFor();
  // Reading again hangs for good: the reason may not wait for it.
  await page.route('**/api/tasks*', (route) => {
    if (route.request().method() === 'POST') return route.abort('internetdisconnected');
    return undefined;
  });
  await line.fill('Call the mill');
  await line.press('Enter');
  await page.getByText('The server does not answer. Do it again when it is back.').waitFor();
  assert.equal(await line.inputValue(), 'Call the mill');
  await page.unroute('**/api/tasks*');
  await line.press('Enter');
  await page.getByRole('row', { name: /Call the mill/ }).waitFor();
});

test('signing out ends the session, and the next visit asks who one is', async () => {
  await using desk = await openConsole();
  const { page } = desk;
  await page.getByRole('button', { name: /Ines Calder\s*Owner/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page
    .getByRole('textbox', { name: 'Password' })
    .or(page.getByRole('button', { name: /sign/i }))
    .first()
    .waitFor();
  await page.goto(desk.url);
  await page.getByRole('textbox', { name: 'Password' }).waitFor();
});

test('in another organisation one sees what is in it, and hears at once what happens there', async () => {
  await using desk = await openConsole({ plugins: ['tasks'] });
  const { page } = desk;
  await desk.open('/organisation');
  await page.getByLabel('Name of the new one').fill('Quay Street');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Quay Street' }).waitFor();
  await desk.open('/tasks');
  await page.getByText('Nothing to do').waitFor();

  const state = await page.context().storageState();
  const other = await desk.window({ storageState: state });
  await other.goto(`${desk.url}tasks`);
  await other.getByRole('textbox', { name: 'Add a task' }).fill('Measure the stairs');
  await other.keyboard.press('Enter');
  await page.getByRole('row', { name: /Measure the stairs/ }).waitFor();

  await page.getByRole('button', { name: 'Quay Street' }).click();
  await page.getByRole('menuitem', { name: 'Ines Calder' }).click();
  await page.getByRole('button', { name: 'Ines Calder', exact: true }).waitFor();
  await desk.open('/tasks');
  await page.getByText('Nothing to do').waitFor();
});
