import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Console, openConsole } from './console.ts';
import { consoleWith, testPlugins } from './console-with.ts';

// Screens that come and go and fail, of plugins that are there for this: admin-ui/e2e/plugins.

let desk: Console;
before(async () => {
  const consoleFolder = await consoleWith(['workshop', 'broken']);
  desk = await openConsole({ plugins: ['workshop'], pluginFolders: [testPlugins], consoleFolder, base: '/tc' });
  // A component that threw is told in the browser’s log, too.
  desk.expectComplaint(/no steam at the|the bench is on fire|status of 404|Failed to fetch dynamically/);
});
after(() => desk[Symbol.asyncDispose]());

/** A window in which the screens of the workshop fail at this place; `mend` ends that. */
async function windowWithFault(place: string, path: string): Promise<{ page: Page; mend(): Promise<void> }> {
  const page = await desk.window({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript((at) => Object.assign(globalThis, { tcFault: at }), place);
  await page.goto(desk.url + path);
  return { page, mend: () => page.evaluate(() => void Object.assign(globalThis, { tcFault: '' })) };
}

const menuOf = (page: Page) => page.getByRole('navigation', { name: 'Main' });

test('menu, pages, widgets, settings and actions come and go in an open tab', async () => {
  const { page } = desk;
  const administrator = desk.test.as('administrator');
  await desk.open('/');
  await page.getByText('The kettle is on.').waitFor();
  await page.evaluate(() => Object.assign(globalThis, { tcSameTab: true }));

  assert.equal((await administrator.post('/tc/api/platform/plugins/workshop/disable')).status, 200);
  await page.getByText('The kettle is on.').waitFor({ state: 'detached' });
  await menuOf(page).getByRole('link', { name: 'Workshop' }).waitFor({ state: 'detached' });

  assert.equal((await administrator.post('/tc/api/platform/plugins/workshop/enable')).status, 200);
  await page.getByText('The kettle is on.').waitFor();
  await menuOf(page)
    .getByRole('link', { name: /Workshop\s*3/ })
    .click();
  await page.getByRole('button', { name: 'Strokes: 0' }).click();
  await page.getByRole('button', { name: 'Strokes: 1' }).waitFor();
  await menuOf(page).getByRole('link', { name: 'Cellar' }).click();
  await page.getByText('It came in a file of its own.').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sweep');
  await page.keyboard.press('Enter');
  await page.locator('body[data-swept=yes]').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  assert.equal(await page.evaluate(() => 'tcSameTab' in globalThis), true, 'nothing was reloaded');
});

test('the palette finds what plugins find, and one that fails is named', async () => {
  const { page } = desk;
  await desk.open('/');
  await page.getByText('The kettle is on.').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('aw');
  await page.getByRole('option', { name: 'Awning cloth on the shelf' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bench with awning cloth' }).waitFor();

  const faulty = await windowWithFault('find', '');
  await faulty.page.getByText('The kettle is on.').waitFor();
  await faulty.page.keyboard.press('Control+k');
  await faulty.page.keyboard.type('workshop');
  await faulty.page.getByText('Workshop could not be searched now.').waitFor();
  await faulty.page.keyboard.press('Enter');
  await faulty.page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await faulty.page.close();
});

test('a widget that throws says why in its place, and what stands beside it goes on', async () => {
  const { page, mend } = await windowWithFault('widget', '');
  const failed = page.getByRole('alert').filter({ hasText: '“Kettle” of Workshop could not be shown.' });
  await failed.getByText('no steam at the widget').waitFor();
  await page.getByText('The bench is free.').waitFor();
  await mend();
  await failed.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('The kettle is on.').waitFor();
  await page.close();
});

test('a page that throws leaves the console around it', async () => {
  const { page, mend } = await windowWithFault('page', 'workshop');
  await page.getByText('no steam at the page').waitFor();
  await menuOf(page).getByRole('link', { name: 'Cellar' }).click();
  await page.getByRole('heading', { level: 1, name: 'Cellar' }).waitFor();
  await mend();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await page.close();
});

test('a number in the menu that throws is left out', async () => {
  const { page } = await windowWithFault('count', 'workshop');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await menuOf(page).getByRole('link', { name: 'Workshop', exact: true }).waitFor();
  await page.close();
});

test('a part of the settings is on the plugin’s page, and one that throws leaves the rest of it', async () => {
  const { page, mend } = await windowWithFault('settings', 'platform/plugins/workshop');
  const failed = page.getByRole('alert').filter({ hasText: '“Colours of the shop” of Workshop could not be shown.' });
  await failed.waitFor();
  await page.getByRole('heading', { level: 2, name: 'Workshop' }).waitFor();
  await mend();
  await failed.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Green, and a little brown.').waitFor();
  await page.close();
});

test('a file of a page that does not come is told, and comes by trying again', async () => {
  const page = await desk.window({ viewport: { width: 1440, height: 900 } });
  let refused = 0;
  const isCellar = /\/plugins\/workshop\/assets\/Cellar-[^/]+\.js/;
  await page.route(isCellar, (route) => {
    refused += 1;
    return route.fulfill({ status: 404 });
  });
  await page.goto(`${desk.url}workshop/cellar`);
  await page.getByText('A file of it did not come').waitFor();
  assert.ok(refused > 0);
  await menuOf(page)
    .getByRole('link', { name: /Workshop/ })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await menuOf(page).getByRole('link', { name: 'Cellar' }).click();
  await page.unroute(isCellar);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('It came in a file of its own.').waitFor();
  await page.close();
});

test('a module that throws as it is loaded is told in its place, and hurts nobody else', async () => {
  const { page } = desk;
  await desk.open('/');
  await desk.test.platform.kernel.enable('broken');
  const failed = page.getByRole('alert').filter({ hasText: 'The screens of Broken could not be loaded.' });
  await failed.getByText('the bench is on fire').waitFor();
  await page.getByText('The kettle is on.').waitFor();
  await desk.open('/broken');
  await failed.getByText('the bench is on fire').waitFor();
  await desk.test.platform.kernel.disable('broken');
  await page.getByText('Nothing has this address now').waitFor();
});

test('a page for everybody needs no sign-in, has no console around it, and names no other plugin', async () => {
  const stranger = await desk.window({ storageState: { cookies: [], origins: [] }, timezoneId: 'Europe/Berlin' });
  await desk.test.platform.kernel.enable('broken');
  await stranger.goto(`${desk.url}public/workshop/four`);
  await stranger.getByRole('heading', { level: 1, name: 'Booth four' }).waitFor();
  await stranger.getByText(/12 Jan/).waitFor();
  assert.equal(await stranger.getByRole('navigation').count(), 0);
  const answer = await desk.test.as('anonymous').get('/tc/api/console/public-screens');
  assert.deepEqual(
    answer.body.items.map((item: { plugin: string }) => item.plugin),
    ['workshop'],
  );
  assert.equal((await desk.test.as('anonymous').get('/tc/api/console/screens')).status, 401);

  await stranger.goto(`${desk.url}public/workshop`);
  await stranger.getByText('Nothing has this address now').waitFor();
  await stranger.addInitScript(() => Object.assign(globalThis, { tcFault: 'public' }));
  await stranger.goto(`${desk.url}public/workshop/four`);
  await stranger.getByText('no steam at the public').waitFor();
  await stranger.evaluate(() => void Object.assign(globalThis, { tcFault: '' }));
  await stranger.getByRole('button', { name: 'Try again' }).click();
  await stranger.getByRole('heading', { level: 1, name: 'Booth four' }).waitFor();

  await stranger.goto(`${desk.url}workshop`);
  await stranger.getByRole('textbox', { name: 'Password' }).waitFor();
  await stranger.close();
});
