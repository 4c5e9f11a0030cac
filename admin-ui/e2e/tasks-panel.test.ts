import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { type Console, openConsole } from './console.ts';

let desk: Console;
let page: Page;
before(async () => {
  desk = await openConsole({ plugins: ['tasks'] });
  page = desk.page;
  page.setDefaultTimeout(60_000);
});
after(() => desk[Symbol.asyncDispose]());

async function add(line: string) {
  await desk.open('/tasks');
  await page.getByRole('textbox', { name: 'Add a task' }).fill(line);
  await page.keyboard.press('Enter');
}
const panel = (title: string) => page.getByRole('region', { name: title });

test('steps are added, ticked and deleted, and one that was deleted comes back', async () => {
  await add('Hang the pelmet');
  await page.getByRole('button', { name: 'Hang the pelmet', exact: true }).click();
  const open = panel('Hang the pelmet');
  for (const step of ['Drill', 'Plug']) {
    await open.getByRole('textbox', { name: 'Add a step' }).fill(step);
    await page.keyboard.press('Enter');
    await open.getByRole('checkbox', { name: step }).waitFor();
  }
  await open.getByRole('checkbox', { name: 'Drill' }).click();
  await open.getByText('1 of 2').waitFor();
  await open.getByRole('button', { name: 'Delete “Plug”' }).click();
  await page.getByText('“Plug” deleted').waitFor();
  await open.getByText('1 of 1').waitFor();
  await page.getByRole('button', { name: /Undo/ }).click();
  await open.getByText('1 of 2').waitFor();
});

test('“day 31” asks what a short month does, and shows the dates before it is saved', async () => {
  await add('Pay the rent 31 dec');
  await page.getByRole('button', { name: 'Pay the rent', exact: true }).click();
  const open = panel('Pay the rent');
  await open.getByText('never').waitFor();
  await open.getByRole('button', { name: 'Change…' }).click();
  await open.getByRole('combobox', { name: 'How often' }).click();
  await page.getByRole('option', { name: 'By months' }).click();
  await open.getByText(/no day 31/).waitFor();
  await open.getByRole('button', { name: 'Take the last day of shorter months' }).click();
  await open.getByText(/28 Feb/).waitFor();
  assert.equal(await open.getByText(/no day 31/).count(), 0);
  await open.getByRole('button', { name: 'Save', exact: true }).last().click();
  await open.getByText('every month on day 31 or the last of a shorter month').waitFor();
});

test('a task is planned and reminds at times of its own', async () => {
  await add('Recount hours tomorrow 9:00 30m');
  await page.getByRole('button', { name: 'Recount hours', exact: true }).click();
  const open = panel('Recount hours');
  await open.getByRole('button', { name: 'Plan', exact: true }).click();
  await open.getByRole('button', { name: /^Delete the plan for/ }).waitFor();
  await open.getByRole('button', { name: 'Add…' }).click();
  await page.getByRole('menuitem', { name: 'A day before' }).click();
  await open.getByText('A day before').waitFor();
  await open.getByRole('button', { name: 'As the settings say' }).click();
  await open.getByText('as the settings say').waitFor();
});

test('axe finds nothing serious on any screen of tasks, in both schemes, and 320 px suffice', async () => {
  const paths = ['tasks', 'tasks/board', 'tasks/calendar?view=week', 'tasks/calendar?view=month', 'tasks/projects'];
  paths.push('tasks/time', 'tasks/reports');
  await page.evaluate(() =>
    fetch('/api/projects', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'tc' },
      body: JSON.stringify({ name: 'Hotels' }),
    }),
  );
  const found: string[] = [];
  let looked = 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    const other = await desk.window({ colorScheme, viewport: { width: 1440, height: 900 } });
    for (const path of paths) {
      await other.goto(desk.url + path);
      await other.getByRole('heading', { level: 1 }).waitFor();
      await other.getByRole('navigation', { name: 'Views of tasks' }).waitFor();
      const { violations } = await new AxeBuilder({ page: other }).analyze();
      looked += 1;
      for (const { id, impact, nodes } of violations) {
        if (impact === 'serious' || impact === 'critical')
          found.push(`/${path} ${colorScheme}: ${id} ${nodes[0]!.html}`);
      }
    }
    await other.close();
  }
  const narrow = await desk.window({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  for (const path of paths) {
    await narrow.goto(desk.url + path);
    await narrow.getByRole('heading', { level: 1 }).waitFor();
    const width = await narrow.evaluate(() => document.documentElement.scrollWidth);
    if (width !== 320) found.push(`/${path} is ${width} wide`);
    looked += 1;
  }
  await narrow.close();
  assert.equal(looked, paths.length * 3);
  assert.deepEqual(found, []);
});
