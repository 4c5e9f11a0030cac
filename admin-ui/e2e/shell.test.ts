import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Console, openConsole } from './console.ts';

// What stands around every page: keys, folding, schemes, the connection, a new version.

let desk: Console;
before(async () => {
  desk = await openConsole({ plugins: ['tasks', 'notifications'] });
});
after(() => desk[Symbol.asyncDispose]());

test('the first Tab leads to the content, and the navigation folds by [ and stays so', async () => {
  const page = await desk.window({ viewport: { width: 1440, height: 900 } });
  await page.goto(desk.url);
  const menu = page.getByRole('navigation', { name: 'Main' });
  await menu.waitFor();
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'To the content' }).press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'MAIN');
  const wide = (await menu.boundingBox())!.width;
  await page.keyboard.press('[');
  await page.waitForFunction(() => document.querySelector('nav')!.getBoundingClientRect().width < 60);
  await page.reload();
  await menu.waitFor();
  assert.ok((await menu.boundingBox())!.width < wide / 3);
  await page.keyboard.press('[');
  await page.waitForFunction(() => document.querySelector('nav')!.getBoundingClientRect().width > 200);
  await page.close();
});

test('single keys can be switched off; those with Ctrl go on', async () => {
  const page = await desk.window({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${desk.url}me`);
  const keys = page.getByRole('switch', { name: /Single keys/ });
  await keys.waitFor();
  const saved = () =>
    page.waitForResponse((answer) => answer.url().endsWith('/api/me') && answer.request().method() === 'PATCH');
  let kept = saved();
  await keys.press('Space');
  await kept;
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.match(page.url(), /\/me$/);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search or do' }).waitFor();
  await page.keyboard.press('Escape');
  kept = saved();
  await keys.press('Space');
  await kept;
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'The keys of this screen' }).waitFor();
  await page.close();
});

test('the scheme follows the system until one is chosen, and the choice is kept', async () => {
  const page = await desk.window({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
  await page.goto(desk.url);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  assert.equal(await scheme(), 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'light');
  await page.getByRole('button', { name: /Ines Calder\s*Owner/ }).click();
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await kept;
  await page.reload();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  assert.equal(await scheme(), 'dark');
  await page.close();
});

test('a lost connection is told, and goes by itself when there is one again', async () => {
  desk.expectComplaint(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  const page = await desk.window({ viewport: { width: 1440, height: 900 } });
  // A tab that listens by itself: what a worker asks for cannot be refused from here.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'SharedWorker'));
  await page.route('**/api/live', (route) => route.abort());
  await page.goto(`${desk.url}tasks`);
  const line = page.getByRole('textbox', { name: 'Add a task' });
  await line.fill('Wax the threads');
  await page.getByText('There is no connection to the server.').waitFor({ timeout: 60_000 });
  assert.equal(await line.inputValue(), 'Wax the threads');
  await page.unroute('**/api/live');
  await page.getByText('There is no connection to the server.').waitFor({ state: 'detached', timeout: 60_000 });
  assert.equal(await line.inputValue(), 'Wax the threads');
  await line.press('Enter');
  await page.getByRole('row', { name: /Wax the threads/ }).waitFor();
  await page.close();
});

test('a tab that is open over an upgrade is offered to reload, and is asked first where something was typed', async () => {
  const page = await desk.window({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${desk.url}tasks`);
  const line = page.getByRole('textbox', { name: 'Add a task' });
  await line.fill('Sew the cushions');
  await page.evaluate(() => Object.assign(globalThis, { tcSameTab: true }));
  await page.route('**/api/console/screens', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), buildId: 'the-next-one' } });
  });
  await desk.test.platform.kernel.disable('notifications');
  const offer = page.getByRole('alert').filter({ hasText: 'There is a new version of the console.' });
  await offer.waitFor();
  assert.equal(await line.inputValue(), 'Sew the cushions');
  await offer.getByRole('button', { name: 'Reload' }).click();
  const question = page.getByRole('dialog', { name: 'Reload now?' });
  await question.getByRole('button', { name: 'Not yet' }).click();
  assert.equal(await line.inputValue(), 'Sew the cushions');
  assert.equal(await page.evaluate(() => 'tcSameTab' in globalThis), true);
  await page.unroute('**/api/console/screens');
  await line.press('Enter');
  await page.getByRole('row', { name: /Sew the cushions/ }).waitFor();
  await offer.getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(() => !('tcSameTab' in globalThis));
  await page.getByRole('row', { name: /Sew the cushions/ }).waitFor();
  await desk.test.platform.kernel.enable('notifications');
  await page.close();
});

test('the navigation is 220, 56 or a bar, as wide as the window allows', async () => {
  for (const [width, expected] of [
    [1600, 220],
    [1100, 220],
    [800, 56],
    [600, 600],
    [360, 360],
  ] as const) {
    const page = await desk.window({ viewport: { width, height: 800 } });
    await page.goto(desk.url);
    const menu = page.getByRole('navigation', { name: 'Main' });
    await menu.waitFor();
    assert.equal(Math.round((await menu.boundingBox())!.width), expected, `in a window of ${width}`);
    await page.close();
  }
});
