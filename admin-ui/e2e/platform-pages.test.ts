import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { type Console, openConsole } from './console.ts';

// Health, settings, the API and about, as whoever runs the platform uses them.

let desk: Console;
before(async () => {
  desk = await openConsole({ plugins: ['tasks'] });
});
after(() => desk[Symbol.asyncDispose]());

const title = (name: string) => desk.page.getByRole('heading', { level: 1, name });

test('the title of health is the verdict, with what to do, and the charts reach as far back as one asks', async () => {
  const { page } = desk;
  await desk.test.platform.history.tick();
  await desk.open('/platform/health');
  await title('Everything is well').waitFor();
  await page.getByRole('slider', { name: 'Answer time, p95, moment' }).waitFor();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Database' })
    .getByRole('img', { name: /24 hours/ })
    .first()
    .waitFor();
  using _part = desk.test.platform.health.part(
    'push',
    async () => ({ state: 'degraded', detail: 'Push waits for a key.' }),
    { vital: false },
  );
  const asked = page.waitForRequest(/health\/history\?range=7d/);
  await page.getByText('7 d', { exact: true }).click();
  await asked;
  assert.match(page.url(), /range=7d/);
  await page.reload();
  await title('All but one part is well').waitFor();
  await page.getByText('Push: Push waits for a key.').waitFor();
  await page.getByRole('link', { name: 'See its settings' }).click();
  await title('Settings').waitFor();
});

test('a setting is changed while the platform runs, and taken back by undo', async () => {
  const { page } = desk;
  await desk.open('/platform/settings');
  const change = async (notice: string) => {
    await page.getByLabel('Notice on the sign-in page').fill(notice);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('One setting was changed here.').waitFor();
  };
  await change('Away on Saturday.');
  await page.getByRole('button', { name: /^Undo Z/ }).click();
  await page.getByText('All are as they came.').waitFor();
  await change('Away on Sunday from 8.');
  const stranger = await desk.window({ storageState: { cookies: [], origins: [] } });
  await stranger.goto(desk.url);
  await stranger.getByText('Away on Sunday from 8.').waitFor();
  await stranger.close();
  const { body } = await desk.test.as('administrator').get('/api/platform/audit?action=settings.changed');
  assert.equal(body.items.length, 3);
});

test('a route is found, tried as oneself and by a token, and a change asks first', async () => {
  const { page } = desk;
  await desk.open('/platform/api');
  await page.getByRole('searchbox').fill('add task');
  await page.getByRole('link', { name: /Add a task/ }).click();
  await page.getByRole('heading', { level: 2, name: 'Add a task' }).waitFor();
  await page.getByRole('textbox', { name: 'Body' }).fill('{ "title": "Oil the table" }');
  await page.getByText(`-d '{"title":"Oil the table"}'`).waitFor();
  await page.getByRole('button', { name: 'Send…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Do not send' }).click();
  await page.getByRole('button', { name: 'Send…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('201 Created').waitFor();
  await page.getByRole('region', { name: 'The body of the answer' }).getByText('Oil the table').waitFor();

  await desk.open('/platform/api/getMe');
  await page.getByText('A token', { exact: true }).click();
  await page.getByText('Works until').waitFor();
  const sent = page.waitForRequest(
    (request) => request.url().endsWith('/api/me') && request.headers().authorization !== undefined,
  );
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  assert.match((await sent).headers().authorization!, /^Bearer tc_pat_/);
  await page.getByText('200 OK').waitFor();
  assert.equal(await page.getByText('tc_pat_').count(), 0, 'the token is not shown');
  const revoked = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
  await page.getByText('Your session', { exact: true }).click();
  assert.equal((await revoked).status(), 204);

  await page.getByRole('searchbox').fill('no such words');
  await page.getByText('No route has these words.').waitFor();
});

test('what is missing is said before anything is sent', async () => {
  const { page } = desk;
  await desk.open('/platform/api/getTasksByTaskId');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('It is needed.').waitFor();
});

test('about says what it stands on, and every licence has its text', async () => {
  const { page } = desk;
  await desk.open('/platform/about');
  await title(`Task Connect 0.1.0`).waitFor();
  await page.getByText('Sealed file').waitFor();
  await page.getByText('answers you').waitFor();
  await page.getByRole('searchbox').fill('ioredis');
  await page.getByRole('button', { name: 'ioredis', exact: true }).click();
  await page
    .getByRole('region', { name: /ioredis/ })
    .getByText('Permission is hereby granted')
    .waitFor();
});

test('axe finds nothing serious on them in both schemes, and a narrow window never scrolls sideways', async () => {
  const paths = ['health', 'settings', 'api', 'api/postTasks', 'about'];
  const found: string[] = [];
  let looked = 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await desk.window({ colorScheme, viewport: { width: 1440, height: 900 } });
    for (const path of paths) {
      await page.goto(`${desk.url}platform/${path}`);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      if (path === 'health') await page.getByRole('slider').first().waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      looked += 1;
      for (const { id, impact, nodes } of violations)
        if (impact === 'serious' || impact === 'critical')
          found.push(`${path} ${colorScheme}: ${id} ${nodes[0]!.html}`);
    }
    await page.close();
  }
  const narrow = await desk.window({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  for (const path of paths) {
    await narrow.goto(`${desk.url}platform/${path}`);
    await narrow.getByRole('heading', { level: 2 }).first().waitFor({ state: 'attached' });
    const width = await narrow.evaluate(() => document.documentElement.scrollWidth);
    if (width !== 320) found.push(`${path} is ${width} wide`);
  }
  await narrow.close();
  assert.equal(looked, 10);
  assert.deepEqual(found, []);
});

test('who does not run the platform sees none of it', async () => {
  await using other = await openConsole({ administrator: false });
  for (const path of ['health', 'settings', 'api', 'about']) {
    await other.open(`/platform/${path}`);
    await other.page.getByText('This is for those who run the platform.').waitFor();
  }
});
