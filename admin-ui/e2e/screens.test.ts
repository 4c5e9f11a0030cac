import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Route } from 'playwright-core';
import { type Console, openConsole } from './console.ts';

let desk: Console;
before(async () => {
  desk = await openConsole({ plugins: ['tasks', 'notifications'], base: '/tc' });
});
after(() => desk[Symbol.asyncDispose]());

test('everything works below a base path', async () => {
  await desk.open('/tasks/board');
  await desk.page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
  assert.ok(desk.page.url().includes('/tc/tasks/board'));
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Today' }).click();
  await desk.page.getByText('Nothing is due today').waitFor();
  assert.equal(new URL(desk.page.url()).pathname, '/tc/');
});

test('a plugin’s module that does not come is shown in its place, and comes by trying again', async () => {
  desk.expectComplaint(/Failed to load resource/);
  const page = await desk.window({ viewport: { width: 1440, height: 900 } });
  await page.route('**/plugins/tasks/assets/*.js', (route) => route.fulfill({ status: 404 }), { times: 1 });
  await page.goto(`${desk.url}tasks`);
  await page.getByText('The screens of Tasks could not be loaded.').waitFor();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inbox' }).waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('textbox', { name: 'Add a task' }).waitFor();
  await page.close();
});

test('a change in between is told, and what was typed is kept', async () => {
  const { page } = desk;
  await desk.open('/tasks');
  await page.getByRole('textbox', { name: 'Add a task' }).fill('Oil the table');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Oil the table', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Oil the table' });
  const save = panel.getByRole('button', { name: 'Save' });
  await panel.getByLabel('Title').fill('Oil both tables');

  // As if somebody had changed it a moment ago: the version that is sent is not the one that is there.
  desk.expectComplaint(/status of 412/);
  const stale = (route: Route) => route.continue({ headers: { ...route.request().headers(), 'if-match': '"0"' } });
  await page.route('**/api/tasks/*', (route) =>
    route.request().method() === 'PATCH' ? stale(route) : route.continue(),
  );
  await save.click();
  await panel.getByText('This task was changed while you wrote.').waitFor();
  assert.equal(await panel.getByLabel('Title').inputValue(), 'Oil both tables');

  await page.unroute('**/api/tasks/*');
  await save.click();
  await page.getByRole('region', { name: 'Oil both tables' }).waitFor();
});

test('what somebody else changes is seen at once, and what one types stays', async () => {
  const { page } = desk;
  await desk.open('/tasks');
  await page.getByRole('textbox', { name: 'Add a task' }).fill('Count the tacks');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Count the tacks', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Count the tacks' });
  await panel.getByLabel('Notes').fill('brass ones too');
  const other = await desk.window({});
  await other.goto(page.url());
  await other.getByLabel('Length').fill('45m');
  await other.getByRole('button', { name: 'Save' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some((input) => input.value === '45m'));
  assert.equal(await panel.getByLabel('Notes').inputValue(), 'brass ones too');
  await other.close();
});

test('what somebody else saves in the field that one types into is shown before it can be overwritten', async () => {
  const { page } = desk;
  await desk.open('/tasks');
  await page.getByRole('textbox', { name: 'Add a task' }).fill('Recount hours');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Recount hours', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Recount' });
  await panel.getByLabel('Title').fill('Recount the hours');
  const other = await desk.window({});
  await other.goto(page.url());
  await other.getByLabel('Title').fill('Recount hours of wing chairs');
  await other.getByRole('button', { name: 'Save' }).click();
  await panel.getByText('It is now “Recount hours of wing chairs”. Save keeps yours.').waitFor();
  assert.equal(await panel.getByLabel('Title').inputValue(), 'Recount the hours');
  await panel.getByRole('button', { name: 'Take that' }).click();
  assert.equal(await panel.getByLabel('Title').inputValue(), 'Recount hours of wing chairs');
  assert.ok(await panel.getByRole('button', { name: 'Save' }).isDisabled());
  await other.close();
});

test('the palette goes where it is told, and the list of keys names those of the screen', async () => {
  const { page } = desk;
  await desk.open('/');
  await page.getByText('Nothing is due today').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('heal');
  await page.keyboard.press('Enter');
  await page
    .getByRole('heading', { level: 1, name: 'Everything is well' })
    .or(page.getByText('part'))
    .first()
    .waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await page.getByRole('textbox', { name: 'Add a task' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'The keys of this screen' }).getByText('Add a task').waitFor();
  await page.getByRole('dialog').getByText('Tick the task').waitFor();
});

test('a narrow window scrolls down and never sideways', async () => {
  const page = await desk.window({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  for (const path of ['', 'tasks', 'tasks/board', 'notifications', 'platform/plugins/tasks', 'platform/health', 'me']) {
    await page.goto(desk.url + path);
    await page.getByRole('heading').first().waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 320, `/${path} is ${width} wide`);
  }
  await page.close();
});
