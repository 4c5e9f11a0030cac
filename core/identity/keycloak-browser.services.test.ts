import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBrowser } from '../testing/browser.ts';
import { ada, aKeycloakSite } from './test-keycloak.ts';

const chromium = await openBrowser();
after(() => chromium.close());

test('a person signs in through Keycloak’s page in a browser, and out again', async () => {
  const { site, realm } = await aKeycloakSite();
  await realm.addUser(ada);
  const page = await chromium.newPage();
  await page.goto(`${site.publicUrl}/auth/login?return=/api/whoami`);
  await page.locator('#username').fill(ada.address);
  await page.locator('#password').fill(ada.password);
  await page.locator('#kc-login').click();
  await page.waitForURL(`${site.publicUrl}/api/whoami`);
  assert.match((await page.textContent('body')) ?? '', /Ada Quist/);
  const script = `fetch('/auth/logout', { method: 'POST', headers: { 'x-requested-with': 'tc' } })
    .then((answer) => answer.json()).then(({ location }) => location)`;
  const location = await page.evaluate<string>(script);
  assert.ok(location.startsWith(realm.issuer));
  await page.goto(location);
  await page.waitForURL(`${site.publicUrl}/`);
  await page.goto(`${site.publicUrl}/auth/login?return=/api/whoami`);
  await page.locator('#password').waitFor();
});
