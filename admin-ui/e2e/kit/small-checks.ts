import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KitPage } from './kit-page.ts';

/** Questions, toasts, trees, charts and words. */
export function smallChecks(kit: () => KitPage): void {
  test('a question says what follows, its safe answer has the focus, and Esc is that answer', async () => {
    const page = await kit().open('questions');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete Lantern Yard?' });
    assert.equal(await dialog.getByRole('listitem').count(), 2);
    await page.waitForFunction(() => document.activeElement?.textContent === 'Keep it');
    await page.keyboard.press('Escape');
    await page.getByRole('list', { name: 'Said' }).getByText('false').waitFor();
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('list', { name: 'Said' }).getByText('true').waitFor();
    await page.context().close();
  });

  test('where data is deleted its name is typed first', async () => {
    const page = await kit().open('questions');
    await page.getByRole('button', { name: 'Ask for the name' }).click();
    const erase = page.getByRole('dialog').getByRole('button', { name: 'Delete' });
    assert.ok(await erase.isDisabled());
    const field = page.getByLabel('Type “Lantern Yard” to go on');
    await field.fill('Lantern');
    await field.press('Enter');
    assert.ok(await erase.isDisabled());
    await field.fill('Lantern Yard');
    await field.press('Enter');
    await page.getByRole('list', { name: 'Said' }).getByText('true').waitFor();
    await page.context().close();
  });

  test('three toasts at most, Z undoes the newest, and one that is looked at stays', async () => {
    const page = await kit().open('questions');
    await page.clock.install();
    await page.getByRole('button', { name: 'Four toasts' }).click();
    assert.equal(await page.getByText('archived').count(), 3);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('z');
    await page.getByText('undone Four').waitFor();
    await page.keyboard.press('z');
    await page.getByText('undone Three').waitFor();
    await page.getByText('Two archived').hover();
    await page.clock.fastForward(20_000);
    assert.equal(await page.getByText('Two archived').count(), 1);
    await page.getByRole('heading', { level: 1 }).hover();
    await page.clock.fastForward(9_000);
    await page.getByText('Two archived').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('a letter is a key of the screen, but not in a field', async () => {
    const page = await kit().open('questions');
    await page.getByLabel('Field').press('u');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('u');
    await page.getByText('key', { exact: true }).waitFor();
    assert.equal(await page.getByText('key', { exact: true }).count(), 1);
    await page.context().close();
  });

  test('a tree by keyboard: arrows move and fold, letters jump', async () => {
    const page = await kit().open('gallery');
    const item = (name: string) => page.getByRole('treeitem', { name, exact: true });
    const isFocused = async (name: string) =>
      assert.equal(await page.evaluate(() => document.activeElement?.querySelector('[dir]')?.textContent), name);
    await item('Lobby 4').focus();
    await page.keyboard.press('ArrowDown');
    await isFocused('Bar');
    await page.keyboard.press('ArrowRight');
    await isFocused('Stools');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await item('Bar').getAttribute('aria-expanded'), 'false');
    await item('Stools').waitFor({ state: 'detached' });
    await page.keyboard.press('s');
    await isFocused('Spring price list');
    await page.keyboard.press('Home');
    await isFocused('Harbour Hotel');
    assert.equal(await page.locator('[role=tree] [tabindex="0"]').count(), 1);
    assert.equal(await item('Lobby 4').getAttribute('aria-level'), '2');
    await page.context().close();
  });

  test('a chart is read by arrows and as a table, and a missing value is none', async () => {
    const page = await kit().open('gallery');
    const chart = page.getByRole('figure', { name: 'Answer time' });
    const slider = chart.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    assert.match((await slider.getAttribute('aria-valuetext'))!, /^46 ms at 9:42$/);
    for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowRight');
    assert.equal(await slider.getAttribute('aria-valuetext'), 'no value');
    assert.equal((await chart.locator('path[data-series="0"]').first().getAttribute('d'))!.split('M').length, 3);
    await chart.getByRole('button', { name: 'as table' }).click();
    assert.equal(await chart.getByRole('row').count(), 61);
    await chart.getByRole('row', { name: '10:02 – ' }).waitFor();
    await page.context().close();
  });

  test('one file of words is one language more, with its own plurals', async () => {
    const page = await kit().open('form', { query: '&language=cs' });
    await page.getByLabel('Title').fill('Jute');
    await page.getByText('1 změna').waitFor();
    await page.getByLabel('Hours').fill('9');
    await page.getByText('2 změny').waitFor();
    await page.getByRole('button', { name: 'Vzít zpět' }).waitFor();
    // What the file does not have stays English.
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor();
    await page.context().close();
  });
}
