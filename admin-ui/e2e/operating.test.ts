import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { type Console, openConsole } from './console.ts';
import { testPlugins } from './console-with.ts';
import { whims } from './plugins/brittle/plugin.ts';

// What an operator does with plugins, events and jobs, on a plugin that is there to fail.

let desk: Console;
before(async () => {
  desk = await openConsole({ pluginFolders: [testPlugins] });
});
after(() => desk[Symbol.asyncDispose]());

const make = async (key: string) =>
  assert.equal((await desk.test.as('member').post('/api/brittle', { key })).status, 204);
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();

test('a plugin is enabled in one tab, after it was told what that does, and another tab sees it', async () => {
  const { page } = desk;
  const other = await desk.window({ viewport: { width: 1440, height: 900 } });
  await other.goto(`${desk.url}platform/plugins`);
  await other.getByRole('link', { name: /^Brittle.*Off$/ }).waitFor();

  await desk.open('/platform/plugins/brittle');
  await page.getByRole('tab', { name: 'Database' }).click();
  await page.getByText('2026-11-25-create-shard').click();
  await page.getByText('create table "shard"').waitFor();
  await page.getByRole('button', { name: 'Enable…' }).click();
  const question = page.getByRole('dialog', { name: 'Enable Brittle?' });
  await question.getByText('It gets a database of its own. One migration runs').waitFor();
  await question.getByText('One job begins.').waitFor();
  await question.getByRole('button', { name: 'Enable' }).click();

  await other.getByRole('link', { name: /^Brittle.*On$/ }).waitFor();
  await other.close();
  await page.getByRole('button', { name: 'Disable…' }).waitFor();
});

test('what could not be handled is found on the map, its way is told, one is discarded with a reason, the rest replayed', async () => {
  const { page } = desk;
  whims.broken = true;
  for (const key of ['one', 'two', 'three']) await make(key);
  await desk.test.settled();

  await desk.open('/platform/events');
  await heading(page, '3 messages could not be handled');
  await page.getByRole('button', { name: /brittle-queue 3 dead/ }).click();
  await page.getByRole('heading', { level: 2, name: 'brittle-queue: 3 dead letters' }).waitFor();
  await page.getByRole('button', { name: 'brittle.made' }).first().click();
  const panel = page.getByRole('region', { name: 'brittle.made' });
  await panel.getByText('"apiToken": "[hidden]"').waitFor();
  await panel.getByRole('link', { name: 'Its whole way' }).click();
  await heading(page, 'brittle.made');
  await page.getByRole('list', { name: 'Its way' }).getByText('note-it gave it up').waitFor();
  await page.getByRole('link', { name: 'Dead letter' }).click();

  await page.getByRole('region', { name: 'brittle.made' }).getByRole('button', { name: 'Discard…' }).click();
  const question = page.getByRole('dialog', { name: 'Discard this message?' });
  assert.ok(await question.getByRole('button', { name: 'Discard' }).isDisabled(), 'it asks for a reason');
  await question.getByLabel('Reason').fill('The thing was made again by hand.');
  await question.getByRole('button', { name: 'Discard' }).click();
  await heading(page, '2 messages could not be handled');

  whims.broken = false;
  await page.getByRole('button', { name: 'Replay all 2' }).click();
  await page.getByText('No dead letters').waitFor();
  await desk.test.settled();
  await desk.open('/platform/events?view=table');
  await heading(page, 'Events flow');
  await page.getByRole('row', { name: /brittle-queue.*note-it/ }).waitFor();
  const { body } = await desk.test.as('administrator').get('/api/platform/audit?action=dead-letter.discarded');
  assert.deepEqual([body.items.length, body.items[0].actorName], [1, 'Ines Calder']);
});

test('chosen letters are replayed together', async () => {
  const { page } = desk;
  whims.broken = true;
  for (const key of ['four', 'five', 'six']) await make(key);
  await desk.test.settled();
  await desk.open('/platform/dead-letters?plugin=brittle');
  await heading(page, '3 messages could not be handled');
  const boxes = page.getByRole('checkbox');
  await boxes.nth(1).check();
  await boxes.nth(2).check();
  whims.broken = false;
  await page.getByText('2 chosen').waitFor();
  await page.getByRole('button', { name: 'Replay', exact: true }).first().click();
  await heading(page, 'One message could not be handled');
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByText('No dead letters').waitFor();
});

test('a job says its plan in words, is run and paused, and work that was given up is done again', async () => {
  const { page } = desk;
  const database = desk.test.platform.pools.bookkeeping('brittle');
  await database.query(
    {
      name: 'test.give-up',
      text: `update tc.one_off set dead = true, last_error = 'Error: Nobody is there.', died_at = now() where key = 'one'`,
    },
    [],
  );
  await desk.open('/platform/jobs');
  const row = page.getByRole('row', { name: /Sweep up/ });
  await row.getByText('Mondays to Fridays at 7:30').waitFor();
  await row.getByRole('button', { name: 'Run now' }).click();
  await desk.test.settled();
  await page.getByRole('button', { name: /^Sweep up/ }).click();
  const panel = page.getByRole('region', { name: 'Sweep up' });
  await panel.getByText('Mondays to Fridays at 7:30. By the clock of Europe/Berlin.').waitFor();
  assert.equal(await panel.getByRole('listitem').count(), 3, 'its next three times');
  await panel.getByText('by hand').waitFor();
  await panel.getByRole('button', { name: 'Pause' }).click();
  await row.getByText('paused').waitFor();
  await panel.getByRole('button', { name: 'Resume' }).click();
  await row.getByText('paused').waitFor({ state: 'detached' });
  await panel.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('heading', { name: 'One piece of work was given up' }).waitFor();
  await page
    .getByRole('row', { name: /Nobody is there/ })
    .getByRole('button', { name: 'Do again' })
    .click();
  await page.getByRole('heading', { name: 'One piece of work was given up' }).waitFor({ state: 'detached' });
});

test('its last lines are there, by level, and its month', async () => {
  const { page } = desk;
  await desk.open('/platform/plugins/brittle');
  await page.getByRole('img', { name: /^Brittle, 30 days/ }).waitFor();
  await page.getByRole('tab', { name: 'Log' }).click();
  await page.getByText('An event lies with the dead letters now').first().waitFor();
  await page.getByRole('radiogroup', { name: 'From this level on' }).getByText('Errors').click();
  await page.getByText('An event lies with the dead letters now').first().waitFor();
});

test('these pages stand in 320 px without scrolling sideways, and axe finds nothing serious in either scheme', async () => {
  whims.broken = true;
  await make('seven');
  await desk.test.settled();
  const { items } = (await desk.test.as('administrator').get('/api/platform/dead-letters')).body;
  assert.equal(items.length, 1);
  const paths = [
    'platform/events?queue=brittle-queue',
    'platform/events?view=table',
    `platform/events/${items[0].eventId}`,
    `platform/dead-letters?letter=${items[0].id}`,
    'platform/jobs',
    'platform/plugins/brittle',
  ];
  const found: string[] = [];
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['light', 320],
  ] as const) {
    const page = await desk.window({ colorScheme, viewport: { width, height: 900 } });
    for (const path of paths) {
      await page.goto(desk.url + path);
      await page.getByText('brittle').filter({ visible: true }).first().waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) found.push(`/${path} is ${wide} wide in ${width}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, impact, nodes } of violations)
        if (impact === 'serious' || impact === 'critical')
          found.push(`/${path} ${colorScheme} ${width}: ${id} ${nodes[0]!.html}`);
    }
    await page.close();
  }
  assert.deepEqual(found, []);
});
