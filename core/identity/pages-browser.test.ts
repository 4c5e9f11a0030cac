import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { openBrowser } from '../testing/browser.ts';
import { aSite, ines } from './test-site.ts';

const chromium = await openBrowser();
after(() => chromium.close());

/** A window in which scripts may be off and reports of the policy are kept. */
async function aWindow(options: { dark?: boolean; scripts?: boolean; width?: number } = {}) {
  const context = await chromium.newContext({
    colorScheme: options.dark ? 'dark' : 'light',
    javaScriptEnabled: options.scripts ?? true,
    viewport: { width: options.width ?? 1280, height: 800 },
  });
  const page = await context.newPage();
  const reports: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused/.test(message.text())) reports.push(message.text());
  });
  return { page, reports };
}

async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

test('a person signs in by keyboard, with scripts off, and lands where they wanted', async () => {
  const site = await aSite({ base: '/tc' });
  await site.identity.createPerson(ines);
  const { page, reports } = await aWindow({ scripts: false });
  await page.goto(`${site.publicUrl}/auth/login?return=/tc/api/whoami`);
  // Keys typed before the page has its focus go nowhere.
  await page.locator('input:focus').waitFor();
  await page.keyboard.type(ines.address);
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong at first, as it happens');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('Mail address').inputValue(), ines.address);
  assert.equal(await page.getByLabel('Password').inputValue(), '');
  await page.locator('input[type=password]:focus').waitFor();
  await page.keyboard.type(ines.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.publicUrl}/api/whoami`);
  assert.match((await page.textContent('body')) ?? '', /Ines Walter/);
  assert.deepEqual(reports, []);
});

test('the pages have no fault that axe finds, light and dark, wide and narrow', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  for (const options of [{ width: 1280 }, { width: 1280, dark: true }, { width: 390 }, { width: 320, dark: true }]) {
    const { page, reports } = await aWindow(options);
    await page.goto(`${site.publicUrl}/auth/login`);
    assert.deepEqual(await faults(page), []);
    await page.getByRole('link', { name: 'Make an account' }).click();
    await page.getByLabel('Your name').fill(' ');
    await page.getByLabel('Mail address').fill('ines@lanternyard.example');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button').click();
    assert.equal(await page.getByLabel('Password').getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await faults(page), []);
    const scrolls = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    assert.equal(scrolls, false);
    await page.goto(`${site.publicUrl}/oidc/forgot`);
    assert.deepEqual(await faults(page), []);
    assert.deepEqual(reports, []);
    await page.context().close();
  }
});

test('the provider’s sign-out page asks, and signs out', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const { page, reports } = await aWindow();
  await page.goto(`${site.publicUrl}/auth/login?return=/api/whoami`);
  await page.getByLabel('Mail address').fill(ines.address);
  await page.getByLabel('Password').fill(ines.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${site.publicUrl}/api/whoami`);
  await page.goto(`${site.publicUrl}/oidc/session/end`);
  assert.deepEqual(await faults(page), []);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Signed out' }).waitFor();
  assert.deepEqual(reports, []);
});
