import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openConsole } from './console.ts';

test('a person enables plugins, adds a task, is reminded, and disables again, all in one open tab', async () => {
  await using desk = await openConsole();
  const { page } = desk;
  const menu = page.getByRole('navigation', { name: 'Main' });

  await page.getByText('Nothing is switched on yet').waitFor();
  await page.getByRole('button', { name: 'Choose plugins' }).click();
  for (const plugin of ['Tasks', 'Notifications']) {
    await page.getByRole('link', { name: new RegExp(`^${plugin}`) }).click();
    await page.getByRole('heading', { level: 2, name: plugin }).waitFor();
    await page.getByRole('button', { name: 'Enable…' }).click();
    const asked = page.getByRole('dialog', { name: `Enable ${plugin}?` });
    await asked.getByText('database of its own').waitFor();
    await asked.getByRole('button', { name: 'Enable' }).click();
    await page.getByRole('button', { name: 'Disable…' }).waitFor();
  }
  await menu.getByRole('link', { name: 'Inbox' }).waitFor();

  await menu.getByRole('link', { name: 'Tasks' }).click();
  await page.keyboard.press('n');
  const soon = Temporal.Now.zonedDateTimeISO('Europe/Berlin').add({ minutes: 20 });
  const time = soon.toPlainTime().toString({ smallestUnit: 'minute' });
  await page.keyboard.type(`Book the van ${soon.toPlainDate()} ${time} 15m #van`);
  await page.getByText('15 min · #van').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /Book the van/ }).waitFor();

  // The reminder is due at once, since an hour before is past; it comes by the event stream, nobody reloads.
  await menu.getByRole('link', { name: /Inbox\s*1/ }).waitFor();
  await menu.getByRole('link', { name: /Inbox/ }).click();
  await page.getByRole('button', { name: /Book the van/ }).click();
  await page.getByRole('region', { name: 'Book the van' }).waitFor();
  assert.match(page.url(), /\/tasks\/[0-9a-f-]{36}$/);
  await menu.getByRole('link', { name: /^Inbox$/ }).waitFor();

  await page.goto(`${desk.url}platform/plugins/tasks`);
  await page.getByRole('button', { name: 'Disable…' }).click();
  const question = page.getByRole('dialog', { name: 'Disable Tasks?' });
  assert.ok((await question.getByRole('listitem').count()) > 0, 'it says what will happen');
  await question.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('button', { name: 'Enable…' }).waitFor();
  await menu.getByRole('link', { name: 'Tasks' }).waitFor({ state: 'detached' });
});
