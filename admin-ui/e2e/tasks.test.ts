import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Console, openConsole } from './console.ts';

let desk: Console;
let page: Page;
before(async () => {
  desk = await openConsole({ plugins: ['tasks'] });
  page = desk.page;
});
after(() => desk[Symbol.asyncDispose]());

async function add(line: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Add a task' }).fill(line);
  await page.keyboard.press('Enter');
}

test('a card moves by M, arrows and Enter, and Z takes it back', async () => {
  await desk.open('/tasks/board');
  await add('Foam cut to template B');
  const column = (name: string) => page.getByRole('region', { name });
  const card = column('To do').getByRole('article', { name: /Foam cut/ });
  await card.focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowRight');
  await page.getByText('To Doing.', { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await column('Doing')
    .getByRole('article', { name: /Foam cut/ })
    .waitFor();
  await page.getByText('moved to Doing').waitFor();
  await page.keyboard.press('z');
  await column('To do')
    .getByRole('article', { name: /Foam cut/ })
    .waitFor();
});

test('a card moves by the pointer', async () => {
  await desk.open('/tasks/board');
  await add('Cover chairs');
  const card = page.getByRole('article', { name: /Cover chairs/ });
  await card.dragTo(page.getByRole('region', { name: 'Waiting' }));
  await page
    .getByRole('region', { name: 'Waiting' })
    .getByRole('article', { name: /Cover chairs/ })
    .waitFor();
});

test('the timer runs in sight on every page, moves to another task, and stops', async () => {
  await desk.open('/');
  await add('Cut webbing 90m');
  await add('Repair two legs');
  await page.getByRole('button', { name: 'Start the timer on “Cut webbing”' }).click();
  const bar = page.getByRole('banner');
  await bar.getByRole('link', { name: 'Cut webbing' }).waitFor();
  await page.getByRole('button', { name: 'Start the timer on “Repair two legs”' }).click();
  await page.getByText(/The other timer stopped after/).waitFor();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Plugins' }).click();
  await bar.getByRole('link', { name: 'Repair two legs' }).waitFor();
  await bar.getByRole('button', { name: 'Stop the timer' }).click();
  await bar.getByRole('link', { name: 'Repair two legs' }).waitFor({ state: 'detached' });
});

test('a task that is added while the list is read for the first time is in it', async () => {
  const held = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  let first = true;
  await page.route('**/api/tasks?*', async (route) => {
    if (!first) return route.continue();
    first = false;
    const before = await route.fetch();
    asked.resolve();
    await held.promise;
    await route.fulfill({ response: before }).catch(() => undefined);
  });
  await page.goto(`${desk.url}tasks`);
  await asked.promise;
  await add('Order the hinges');
  await page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().endsWith('/api/tasks'),
  );
  held.resolve();
  await page.getByRole('button', { name: 'Order the hinges', exact: true }).waitFor();
  await page.unroute('**/api/tasks?*');
});

test('a task that is added before the day was read is due today as well', async () => {
  const held = Promise.withResolvers<void>();
  await page.route('**/api/tasks/today?*', async (route) => {
    await held.promise;
    await route.continue().catch(() => undefined);
  });
  await page.goto(desk.url);
  const added = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().endsWith('/api/tasks'),
  );
  await add('Sweep the yard');
  assert.ok((await (await added).json()).due.date);
  held.resolve();
  await page.getByRole('button', { name: 'Start the timer on “Sweep the yard”' }).waitFor();
  await page.unroute('**/api/tasks/today?*');
});

test('chosen tasks are changed together, and what is done can be undone', async () => {
  await desk.open('/tasks');
  for (const title of ['Measure the stairs', 'Sign for the door']) {
    await add(title);
    await page
      .getByRole('row', { name: new RegExp(title) })
      .getByRole('checkbox')
      .check();
  }
  await page.getByText('2 chosen').waitFor();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByRole('row', { name: /Measure the stairs/ }).waitFor({ state: 'detached' });
  await page.getByText('2 tasks changed').waitFor();
  await page.keyboard.press('z');
  await page.getByRole('row', { name: /Measure the stairs.*To do/ }).waitFor();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('1 chosen').waitFor();
  await page.keyboard.press('x');
  await page.getByRole('columnheader', { name: 'Status' }).waitFor();
  for (const title of ['Measure the stairs', 'Sign for the door']) {
    await page
      .getByRole('row', { name: new RegExp(title) })
      .getByRole('checkbox')
      .check();
  }
  await page.getByRole('searchbox', { name: 'Filter this list' }).fill('Sign for');
  await page.getByText('1 chosen').waitFor();
  await page.getByRole('searchbox', { name: 'Filter this list' }).fill('');
  await page.getByText('2 chosen').waitFor();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByRole('row', { name: /Measure the stairs/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Status' }).click();
  await page.getByRole('menuitem', { name: 'Done' }).click();
  assert.ok(page.url().endsWith('?show=done'));
  await page.getByRole('row', { name: /Sign for the door/ }).waitFor();
});

test('a tick takes a task from the day, and Undo brings it back', async () => {
  await desk.open('/');
  await add('Oil the cutting table');
  const box = page.getByRole('checkbox', { name: '“Oil the cutting table” is done' });
  await box.click();
  await page.getByRole('heading', { level: 3, name: 'Done' }).waitFor();
  await page.getByRole('button', { name: /Undo/ }).click();
  await page.waitForFunction(() => {
    const boxes = [...document.querySelectorAll<HTMLInputElement>('input[aria-label*="Oil the cutting"]')];
    return boxes.length === 1 && !boxes[0]!.checked;
  });
});
