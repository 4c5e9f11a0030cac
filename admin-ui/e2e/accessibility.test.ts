import assert from 'node:assert/strict';
import { test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { openConsole } from './console.ts';
import { everyPage, openPage } from './every-page.ts';

// Not reached by a link: rows that open a panel by a button, and what is not there in an empty installation.
const without = [
  /^\/tasks\/.*:/,
  /^\/notes\/.*:/,
  /^\/platform\/events\/:/,
  /^\/platform\/secrets\/:/,
  /^\/platform\/api\/:/,
];

test('axe finds nothing serious on any page that there is, in both schemes', { timeout: 600_000 }, async (context) => {
  await using desk = await openConsole({ plugins: 'all' });
  await desk.open('/tasks');
  await desk.page.getByRole('textbox', { name: 'Add a task' }).fill('Send the second quote today 30m #sales');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('row', { name: /second quote/ }).waitFor();

  const task = await desk.page.evaluate(async () => {
    const answer = await fetch(new URL('api/tasks', document.baseURI));
    return ((await answer.json()) as { items: { id: string }[] }).items[0]!.id;
  });
  const { paths, unreached } = await everyPage(desk, {
    '/tasks/:taskId': `/tasks/${task}`,
    '/platform/people/organisations/:organisationId': `/platform/people/organisations/${desk.test.organisation}`,
  });
  assert.ok(paths.length > 15, `${paths.length} pages are too few`);
  assert.deepEqual(
    unreached.filter((pattern) => !without.some((one) => one.test(pattern))),
    [],
    'No link leads to these. Link them from their list, or say here why not.',
  );
  const found: string[] = [];
  let looked = 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await desk.window({ colorScheme, viewport: { width: 1440, height: 900 } });
    for (const path of paths) {
      await openPage(page, desk.url, path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      looked += 1;
      for (const { id, impact, nodes } of violations) {
        if (impact === 'serious' || impact === 'critical')
          found.push(`/${path} ${colorScheme}: ${id} ${nodes[0]!.html}`);
      }
    }
    await page.close();
  }
  for (const fault of found) context.diagnostic(fault);
  assert.equal(looked, paths.length * 2);
  assert.deepEqual(found, []);
});
