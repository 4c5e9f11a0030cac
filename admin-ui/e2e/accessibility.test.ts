import assert from 'node:assert/strict';
import { test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { openConsole } from './console.ts';

const paths = [
  '',
  'tasks',
  'tasks/board',
  'notifications',
  'notifications/preferences',
  'platform/plugins/tasks',
  'platform/health',
  'platform/dead-letters',
  'platform/jobs',
  'platform/people',
  'platform/audit',
  'organisation',
  'me',
];

test('axe finds nothing serious on any screen, in both schemes', async () => {
  await using desk = await openConsole({ plugins: ['tasks', 'notifications'] });
  await desk.open('/tasks');
  await desk.page.getByRole('textbox', { name: 'Add a task' }).fill('Send the second quote today 30m #sales');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('row', { name: /second quote/ }).waitFor();

  const found: string[] = [];
  let looked = 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await desk.window({ colorScheme, viewport: { width: 1440, height: 900 } });
    for (const path of paths) {
      await page.goto(desk.url + path);
      await page.getByRole('heading').first().waitFor();
      await page.waitForLoadState('load');
      const { violations } = await new AxeBuilder({ page }).analyze();
      looked += 1;
      for (const { id, impact, nodes } of violations) {
        if (impact === 'serious' || impact === 'critical')
          found.push(`/${path} ${colorScheme}: ${id} ${nodes[0]!.html}`);
      }
    }
    await page.close();
  }
  assert.equal(looked, paths.length * 2);
  assert.deepEqual(found, []);
});
