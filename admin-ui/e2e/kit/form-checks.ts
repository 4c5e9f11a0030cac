import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { KitPage } from './kit-page.ts';

const saved = async (page: Page) => JSON.parse((await page.getByRole('status').first().textContent())!);
const saveButton = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });

/** What a form does: when it is wrong, when it saves, and what it keeps. */
export function formChecks(kit: () => KitPage): void {
  test('a field is wrong after it was left, and right again while it is typed', async () => {
    const page = await kit().open('form');
    const title = page.getByLabel('Title');
    await title.fill('W');
    assert.equal(await page.getByText('Give at least 3 characters.').count(), 0);
    await title.blur();
    await page.getByText('Give at least 3 characters.').waitFor();
    await title.press('End');
    await title.pressSequentially('ax');
    await page.getByText('Give at least 3 characters.').waitFor({ state: 'detached' });
    await page.getByLabel('Sender').fill('nobody');
    await page.getByLabel('Sender').blur();
    await page.getByText('Give an address such as name@example.org.').waitFor();
    await page.context().close();
  });

  test('Save counts changes; Ctrl Enter saves from any field, and shows what is wrong instead of saving it', async () => {
    const page = await kit().open('form');
    assert.ok(await saveButton(page).isDisabled());
    await page.getByLabel('Title').fill('Jute webbing');
    await page.getByText('1 change', { exact: true }).waitFor();
    await page.getByLabel('Hours').fill('90');
    await page.getByText('2 changes').waitFor();
    await page.getByLabel('Title').press('Control+Enter');
    await page.getByText('Give 12 or less.').waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'hours');
    assert.equal((await saved(page)).title, 'Webbing');
    await page.getByLabel('Hours').fill('9');
    await page.getByLabel('Hours').press('Control+Enter');
    await page.getByText('effective at once').waitFor();
    assert.deepEqual([(await saved(page)).title, (await saved(page)).quiet.hours], ['Jute webbing', 9]);
    await page.context().close();
  });

  test('a moment is typed in the person’s zone, and a rule of the schema is said beside its field', async () => {
    const page = await kit().open('form');
    assert.equal(await page.getByLabel('Starts').inputValue(), '2027-01-12T10:00');
    await page.getByLabel('Ends').fill('2027-01-12T09:30');
    await saveButton(page).click();
    await page.getByText('The end is before the start.').waitFor();
    await page.getByLabel('Ends').fill('2027-07-12T09:30');
    await saveButton(page).click();
    await page.getByText('effective at once').waitFor();
    assert.equal((await saved(page)).ends, '2027-07-12T07:30:00Z');
    await page.context().close();
  });

  test('things of a list are added with what they begin with, and taken away', async () => {
    const page = await kit().open('form');
    const steps = page.getByRole('group', { name: 'Steps' });
    await steps.getByRole('button', { name: 'Add' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'name');
    await page.keyboard.type('Oil');
    await saveButton(page).click();
    await page.getByText('effective at once').waitFor();
    assert.deepEqual((await saved(page)).steps, [
      { name: 'Cut', minutes: 30 },
      { name: 'Oil', minutes: 15 },
    ]);
    await steps.getByRole('button', { name: 'Take away 1 of Steps' }).click();
    assert.equal(await steps.getByLabel('Name').inputValue(), 'Oil');
    await page.context().close();
  });

  test('a press that leaves a wrong field hits what it was meant for', async () => {
    const page = await kit().open('form');
    await page.getByLabel('Title').fill('W');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Give at least 3 characters.').waitFor();
    assert.equal(await page.getByRole('group', { name: 'Steps' }).getByLabel('Name').count(), 2);
    await page.context().close();
  });

  test('what the server refuses stands at its field until one types there', async () => {
    const page = await kit().open('form');
    await page.getByLabel('Sender').fill('taken@example.test');
    await saveButton(page).click();
    await page.getByText('This address is taken.').waitFor();
    await page.getByLabel('Title').fill('Other');
    await page.getByText('This address is taken.').waitFor();
    await page.getByLabel('Sender').fill('free@example.test');
    await page.getByText('This address is taken.').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('what is typed survives a reload, a secret does not, and what was saved is not offered again', async () => {
    const page = await kit().open('form');
    await page.getByLabel('Notes').fill('brass tacks, 200 of them');
    await page.getByLabel('Key', { exact: true }).fill('hush');
    await page.reload();
    await page.getByText('1 change', { exact: true }).waitFor();
    assert.equal(await page.getByLabel('Notes').inputValue(), 'brass tacks, 200 of them');
    assert.equal(await page.getByLabel('Key', { exact: true }).inputValue(), '');
    await saveButton(page).click();
    await page.getByText('effective at once').waitFor();
    await page.reload();
    await page.getByText('effective at once').waitFor();
    assert.equal(await page.getByLabel('Notes').inputValue(), 'brass tacks');
    await page.context().close();
  });

  test('a text that somebody else saved meanwhile is shown with one’s own before either is chosen', async () => {
    const page = await kit().open('form');
    await page.getByLabel('Notes').fill('iron tacks');
    await page.getByRole('button', { name: 'As if Wanda saved' }).click();
    await page.getByText('“Notes” was changed while you wrote.').waitFor();
    await page.getByRole('button', { name: 'Show both' }).click();
    await page.getByRole('alert').locator('del', { hasText: 'glue' }).waitFor();
    assert.equal(await page.getByLabel('Notes').inputValue(), 'iron tacks');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    assert.equal(await page.getByLabel('Notes').inputValue(), 'brass tacks and glue');
    await page.context().close();
  });
}
