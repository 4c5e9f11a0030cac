import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { type Console, openConsole } from './console.ts';

// Notes before a person: written, shown by a link, brought back; and kept while there is no server.

let console: Console;
before(async () => {
  console = await openConsole({ plugins: ['notes'] });
});
after(() => console[Symbol.asyncDispose]());

const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const shots = process.env.TC_SHOTS;
const shoot = async (page: Console['page'], name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
};

test('a note is written with a picture and a label, shown by a link, and restored', { timeout: 180_000 }, async () => {
  const { page } = console;
  await console.open('/notes');
  await page.getByLabel('Take a note').fill('Certificates, where they are #harbour');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /Certificates/ }).click();
  const panel = page.getByRole('region', { name: /Note|Certificates/ });
  await panel.getByLabel('Title').fill('Certificates');
  const text = panel.getByRole('textbox', { name: 'Text', exact: true });
  await text.click();
  await page.keyboard.press('End');
  await page.keyboard.type(' in folder four');
  await panel.getByText(/^Saved/).waitFor();

  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), panel.getByLabel('Add a picture').click()]);
  await chooser.setFiles({ name: 'chair.png', mimeType: 'image/png', buffer: dot });
  await panel.locator('figure img').waitFor();
  await panel.getByText(/^Saved/).waitFor();
  await page.getByRole('link', { name: 'harbour 1' }).waitFor();
  await shoot(page, 'wall-light');

  await panel.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Make a public link' }).click();
  const link = await page.getByLabel('Public link').inputValue();
  await shoot(page, 'share');
  await page.getByRole('button', { name: 'Done' }).click();
  const visitor = await console.window({ storageState: { cookies: [], origins: [] } });
  await visitor.goto(link);
  await visitor.getByRole('heading', { name: 'Certificates' }).waitFor();
  await visitor.getByText('in folder four').waitFor();
  await shoot(visitor, 'public');
  await visitor.close();

  await panel.getByRole('button', { name: 'History' }).click();
  await panel.getByRole('button', { name: 'Restore this version' }).waitFor();
  await shoot(page, 'history');
  await panel.getByRole('button', { name: 'Restore this version' }).click();
  await text.getByText('Certificates, where they are #harbour').waitFor();
});

test('what is typed without a server stays “not saved” over a reload, and is saved when it is back', {
  timeout: 120_000,
}, async () => {
  const { page } = console;
  console.expectComplaint(/Failed to load resource|ERR_/);
  await console.open('/notes');
  await page.getByLabel('Take a note').fill('Van keys');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Van keys' }).click();
  const title = page.getByLabel('Title');
  await title.waitFor();
  await page.route('**/api/notes/*', (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
  );
  await title.fill('By the back door');
  await page.getByText('Not saved', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('Not saved', { exact: true }).waitFor();
  assert.equal(await title.inputValue(), 'By the back door');
  await page.unroute('**/api/notes/*');
  await page.getByText(/^Saved/).waitFor();
  await page.getByRole('heading', { name: 'By the back door' }).waitFor();
});

test('wall and note fit a telephone, in both schemes', { timeout: 120_000 }, async () => {
  for (const [width, scheme] of [
    [390, 'light'],
    [320, 'dark'],
    [1440, 'dark'],
  ] as const) {
    const page = await console.window({ viewport: { width, height: 844 }, colorScheme: scheme });
    await page.goto(`${console.url}notes`);
    await page.getByRole('heading', { name: 'By the back door' }).waitFor();
    assert.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false);
    await shoot(page, `wall-${width}-${scheme}`);
    await page.getByRole('link', { name: 'By the back door' }).click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).waitFor();
    await shoot(page, `note-${width}-${scheme}`);
    await page.close();
  }
});

test('axe finds nothing serious on the wall, in a note, its history and labels', {
  timeout: 180_000,
}, async () => {
  const found: string[] = [];
  let looked = 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await console.window({ colorScheme, viewport: { width: 1440, height: 900 } });
    const look = async (place: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      looked += 1;
      for (const { id, impact, nodes } of violations)
        if (impact === 'serious' || impact === 'critical')
          found.push(`${place} ${colorScheme}: ${id} ${nodes[0]?.html}`);
    };
    await page.goto(`${console.url}notes`);
    await page.getByRole('heading', { name: 'By the back door' }).waitFor();
    await look('wall');
    await page.getByRole('link', { name: /Certificates/ }).click();
    await page.getByRole('textbox', { name: 'Text', exact: true }).waitFor();
    await look('note');
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await look('history');
    await page.goto(`${console.url}notes/labels`);
    await page.getByText('#harbour').waitFor();
    await look('labels');
    await page.close();
  }
  assert.equal(looked, 8);
  assert.deepEqual(found, []);
});
