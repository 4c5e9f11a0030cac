import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Console, openConsole } from './console.ts';
import { consoleWith, testPlugins } from './console-with.ts';

let desk: Console;
before(async () => {
  const consoleFolder = await consoleWith(['workshop']);
  desk = await openConsole({ plugins: ['workshop', 'tasks'], pluginFolders: [testPlugins], consoleFolder });
});
after(() => desk[Symbol.asyncDispose]());

/** What stands in a column while Today is arranged, from above. */
const inColumn = async (page: Page, column: string) => {
  const grips = page.getByRole('list', { name: column }).getByRole('button', { name: /^Move / });
  const labels = await grips.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  return labels.map((label) => label.replace('Move ', ''));
};

const saved = (page: Page) =>
  page.waitForResponse((answer) => answer.url().endsWith('/api/me') && answer.request().method() === 'PATCH');

test('widgets are moved by keys, put back by Esc, and stand there in another window', async () => {
  const { page } = desk;
  await desk.open('/');
  await page.getByText('The kettle is on.').waitFor();
  await page.getByRole('button', { name: 'Arrange' }).click();
  assert.deepEqual(await inColumn(page, 'last column'), ['Bench']);

  const grip = page.getByRole('button', { name: 'Move Bench' });
  await grip.focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('status').filter({ hasText: 'Bench: middle column, 1 of' }).waitFor();
  await page.keyboard.press('Escape');
  assert.deepEqual(await inColumn(page, 'last column'), ['Bench']);

  await grip.focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  const kept = saved(page);
  await page.keyboard.press('Enter');
  assert.equal((await kept).status(), 200);
  assert.equal((await inColumn(page, 'middle column')).indexOf('Bench'), 1);
  assert.equal(await grip.evaluate((element) => element === document.activeElement), true);

  const other = await desk.window({});
  await other.goto(desk.url);
  await other.getByRole('button', { name: 'Arrange' }).click();
  assert.equal((await inColumn(other, 'middle column')).indexOf('Bench'), 1);
  await other.close();
});

test('a widget is dragged by its grip into another column', async () => {
  const { page } = desk;
  await desk.open('/');
  await page.getByRole('button', { name: 'Arrange' }).click();
  const grip = (await page.getByRole('button', { name: 'Move Kettle' }).boundingBox())!;
  const target = (await page.getByRole('list', { name: 'first column' }).boundingBox())!;
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + 40, target.y + 30, { steps: 6 });
  const kept = saved(page);
  await page.mouse.up();
  assert.equal((await kept).status(), 200);
  assert.deepEqual(await inColumn(page, 'first column'), ['Kettle']);
});

test('a widget is hidden, shown again, and all is as it was at first', async () => {
  const { page } = desk;
  await desk.open('/');
  await page.getByRole('button', { name: 'Arrange' }).click();
  let kept = saved(page);
  await page.getByRole('button', { name: 'Hide Kettle' }).click();
  await kept;
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('The bench is free.').waitFor();
  assert.equal(await page.getByText('The kettle is on.').count(), 0);
  await page.getByRole('button', { name: 'Arrange' }).click();
  kept = saved(page);
  await page.getByRole('button', { name: 'Show Kettle of Workshop' }).click();
  await kept;
  kept = saved(page);
  await page.getByRole('button', { name: 'As it was at first' }).click();
  await kept;
  assert.deepEqual(await inColumn(page, 'last column'), ['Bench']);
  await page.reload();
  await page.getByText('The kettle is on.').waitFor();
});

test('the first steps are ticked by what is so, can be put away, and come back by the palette', async () => {
  const { page } = desk;
  await desk.open('/');
  const steps = page.locator('section').filter({ has: page.getByRole('heading', { name: 'First steps' }) });
  const step = (title: string) => steps.getByRole('listitem').filter({ hasText: title });
  await step('Switch on what you need').getByText('Done').waitFor();
  await step('Make an organisation').getByText('To do').waitFor();
  await step('Make an organisation').getByRole('link').click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.match(page.url(), /\/organisation$/);

  await page.getByLabel('Name of the new one').fill('Lantern Yard');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Lantern Yard' }).waitFor();
  await desk.open('/');
  await step('Make an organisation').getByText('Done').waitFor();
  await steps.getByRole('button', { name: 'Put away' }).click();
  await steps.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText('The kettle is on.').waitFor();
  assert.equal(await steps.count(), 0);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('first steps');
  await page.keyboard.press('Enter');
  await steps.waitFor();
});
