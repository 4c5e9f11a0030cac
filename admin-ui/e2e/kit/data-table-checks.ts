import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { KitPage } from './kit-page.ts';

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'));

/** What a table does by keyboard, by pointer, and with ten thousand rows. */
export function dataTableChecks(kit: () => KitPage): void {
  test('ten thousand rows: few are drawn, all are counted, and the keys reach the last', async () => {
    const page = await kit().open('table');
    const table = page.getByRole('table', { name: 'Chairs' });
    assert.equal(await table.getAttribute('aria-rowcount'), '10001');
    const drawn = await table.locator('tbody tr[data-index]').count();
    assert.ok(drawn > 15 && drawn < 80, `${drawn} rows are drawn`);
    await page.getByText('10,000 of 10,000').waitFor({ state: 'attached' });

    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('j');
    assert.equal(await focused(page), '2');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    assert.equal(await focused(page), '4');
    await page.keyboard.press('End');
    assert.equal(await focused(page), '10001');
    await page.waitForFunction(() => {
      const row = document.querySelector('tr[aria-rowindex="10001"]')!.getBoundingClientRect();
      return row.top > 0 && row.bottom <= innerHeight;
    });
    await page.keyboard.press('Enter');
    await page.getByText('Open: c9999').waitFor();
    await page.keyboard.press('Home');
    assert.equal(await focused(page), '2');
    await page.keyboard.press('PageDown');
    assert.equal(await focused(page), '12');
    await page.context().close();
  });

  test('the row that has the focus keeps it while one scrolls away, and the columns do not move', async () => {
    const page = await kit().open('table');
    const price = page.getByRole('columnheader', { name: 'Price' });
    await page.getByRole('row', { name: /Chair 3\b/ }).focus();
    const before = (await price.boundingBox())!;
    await page.locator('main').evaluate((main) => main.scrollTo(0, 200_000));
    await page
      .getByRole('row', { name: /Chair [45]\d{3}\b/ })
      .first()
      .waitFor();
    assert.equal(await focused(page), '4');
    const after = (await price.boundingBox())!;
    assert.deepEqual([after.x, after.width], [before.x, before.width]);
    assert.ok(after.y >= 0 && after.y < 60, 'the head stays in sight');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), '5');
    await page.getByRole('row', { name: /Chair 4\b/ }).waitFor();
    await page.context().close();
  });

  test('Tab comes to one row and goes on, not through all of them', async () => {
    const page = await kit().open('table', { query: '&rows=12' });
    assert.equal(await page.locator('tbody tr[tabindex="0"]').count(), 1);
    assert.equal(await page.locator('tbody tr[tabindex="-1"]').count(), 11);
    await page.context().close();
  });

  test('X chooses, Shift with arrows chooses on and back, Ctrl A all, Esc none', async () => {
    const page = await kit().open('table', { query: '&rows=150' });
    const bar = page.getByRole('table').locator('thead b');
    await page.getByRole('row', { name: /Chair 4\b/ }).focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    assert.equal(await bar.textContent(), '4 chosen');
    await page.keyboard.press('Shift+ArrowUp');
    assert.equal(await bar.textContent(), '3 chosen');
    await page.getByRole('button', { name: 'Sell' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    assert.equal(await bar.textContent(), '4 chosen');
    await page.keyboard.press('Control+a');
    assert.equal(await bar.textContent(), '150 chosen');
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Price' }).waitFor();
    await page.getByRole('checkbox', { name: 'Choose Chair 1', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Choose Chair 5', exact: true }).click({ modifiers: ['Shift'] });
    assert.equal(await bar.textContent(), '5 chosen');
    await page.context().close();
  });

  test('a key of the row, a button in it and the row itself each do their own', async () => {
    const page = await kit().open('table', { query: '&rows=12' });
    await page.getByRole('row', { name: /Chair 2\b/ }).focus();
    await page.keyboard.press('d');
    await page.getByText('Did: c1').waitFor();
    await page
      .getByRole('row', { name: /Chair 3\b/ })
      .getByRole('button', { name: 'Do' })
      .click();
    await page.getByText('Pressed: c2').waitFor();
    await page.getByRole('row', { name: /Chair 4\b/ }).click();
    await page.getByText('Open: c3').waitFor();
    await page.context().close();
  });

  test('a head sorts, and says which way', async () => {
    const page = await kit().open('table', { query: '&rows=200' });
    const price = page.getByRole('columnheader', { name: 'Price' });
    await price.getByRole('button').click();
    assert.equal(await price.getAttribute('aria-sort'), 'ascending');
    await page.getByRole('row', { name: /Chair 1\b.*€0\.00/ }).waitFor();
    await price.getByRole('button').click();
    assert.equal(await price.getAttribute('aria-sort'), 'descending');
    await page.context().close();
  });

  test('columns that are chosen stay with the person, in another browser too', async () => {
    const page = await kit().open('table', { query: '&rows=12' });
    const number = (of: Page) => of.getByRole('columnheader', { name: 'Number' });
    assert.equal(await number(page).count(), 0);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Number' }).click();
    await number(page).waitFor();
    await page.getByRole('menuitemcheckbox', { name: 'Note' }).click();
    await page.getByRole('columnheader', { name: 'Note' }).waitFor({ state: 'detached' });
    await page.context().close();
    assert.deepEqual(kit().api.me.preferences, { 'table.chairs': { id: true, note: false } });
    const other = await kit().open('table', { query: '&rows=12' });
    await number(other).waitFor();
    await other.getByRole('button', { name: 'Columns' }).click();
    await other.getByRole('menuitem', { name: 'As at first' }).click();
    await number(other).waitFor({ state: 'detached' });
    await other.context().close();
    assert.deepEqual(kit().api.me.preferences, {});
  });

  test('the file has all rows, what is quoted rightly, and no formula of somebody else’s', async () => {
    const page = await kit().open('table', { query: '&rows=2' });
    await page.getByRole('button', { name: 'Columns' }).click();
    const coming = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'All rows as CSV' }).click();
    const file = await coming;
    assert.equal(file.suggestedFilename(), 'chairs.csv');
    assert.equal(
      await readFile((await file.path())!, 'utf8'),
      '\ufeffChair,Note,Price\r\nChair 1,oak,0.00 EUR\r\nChair 2,"\'=HYPERLINK(""http://x"")",7919.00 EUR\r\n' +
        'Chair 3,"two, ""quoted""",5838.00 EUR\r\nChair 4,oak,3757.00 EUR\r\n',
    );
    await page.context().close();
  });

  test('the next page is read when the end comes into sight, once each, and by the button', async () => {
    const page = await kit().open('pages', { viewport: { width: 900, height: 500 } });
    const before = kit().api.reads.get('/api/rows') ?? 0;
    await page.getByText('50 of 150').waitFor({ state: 'attached' });
    await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await page.getByText('100 of 150').waitFor({ state: 'attached' });
    await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await page.getByText('150 of 150').waitFor({ state: 'attached' });
    await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await page.getByRole('row', { name: 'Chair 150' }).waitFor({ state: 'attached' });
    assert.ok((kit().api.reads.get('/api/rows') ?? 0) - before <= 3);
    assert.equal(await page.getByRole('button', { name: 'Show more' }).count(), 0);
    await page.context().close();
  });

  test('single letters do nothing once they are switched off; arrows still do', async () => {
    kit().api.me.preferences = {};
    const page = await kit().open('table', { query: '&rows=12&keys=off' });
    await page.getByRole('row', { name: /Chair 2\b/ }).focus();
    await page.keyboard.press('x');
    await page.keyboard.press('d');
    await page.keyboard.press('j');
    assert.equal(await page.locator('tr[data-chosen]').count(), 0);
    assert.equal(await page.getByText('Did:').count(), 0);
    await page.keyboard.press('ArrowDown');
    assert.ok(await page.getByRole('row', { name: /Chair 3\b/ }).evaluate((row) => row === document.activeElement));
    await page.context().close();
  });
}
