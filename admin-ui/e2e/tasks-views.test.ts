import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Console, openConsole } from './console.ts';

// Calendar, projects, time and reports of tasks: what each is mainly for, as the owner of an organisation, and what a
// member and a guest of another one see of it.

let desk: Console;
let page: Page;
const zone = 'Europe/Berlin';
const today = () => Temporal.Now.plainDateISO(zone);

before(async () => {
  desk = await openConsole({ plugins: ['tasks'] });
  page = desk.page;
  page.setDefaultTimeout(60_000);
});
after(() => desk[Symbol.asyncDispose]());

/** Asks the API as the person before the console. */
async function ask<Answer>(method: 'GET' | 'POST', path: string, body?: unknown, as = page): Promise<Answer> {
  return as.evaluate(
    async ([method, path, body]) => {
      const organisation = localStorage.getItem('tc-organisation');
      const response = await fetch(path as string, {
        method: method as string,
        headers: {
          'content-type': 'application/json',
          'x-requested-with': 'tc',
          ...(organisation && { 'tc-organization': organisation }),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return response.json();
    },
    [method, path, body] as const,
  ) as Promise<Answer>;
}

/** The Monday of this week, on which everything of the week view is in sight. */
const monday = () => today().subtract({ days: today().dayOfWeek - 1 });
type Due = { id: string; due: { at?: string; date?: string } };
const dueOf = async (id: string) => (await ask<Due>('GET', `/api/tasks/${id}`)).due;

test('a block of the calendar moves by keys and by the pointer, and Z takes it back', async () => {
  const at = monday().toZonedDateTime({ timeZone: zone, plainTime: '10:00' }).toInstant().toString();
  const { id } = await ask<Due>('POST', '/api/tasks', { title: 'Measuring visit', due: { at, zone } });
  await desk.open('/tasks/calendar?view=week&everybody=1');
  const block = page.getByRole('button', { name: /Measuring visit due/ });
  await block.focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.getByText(/“Measuring visit” to .*10:15/).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText(/“Measuring visit” is due/).waitFor();
  const moved = Temporal.Instant.from(at).add({ hours: 24, minutes: 15 }).toString();
  assert.equal((await dueOf(id)).at, moved);
  await page.keyboard.press('z');
  await page.waitForFunction(async ([path, wanted]) => (await (await fetch(path as string)).json()).due.at === wanted, [
    `/api/tasks/${id}`,
    at,
  ] as const);

  // By the pointer to the row of days without a time, two days on.
  await desk.open('/tasks/calendar?view=week&everybody=1');
  await block.waitFor();
  const target = page.locator('[data-takes="day"]').nth(2);
  const from = (await block.boundingBox())!;
  const to = (await target.boundingBox())!;
  await page.mouse.move(from.x + 10, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 10, { steps: 4 });
  await page.mouse.up();
  await page.getByText(/“Measuring visit” is due/).waitFor();
  const wanted = monday().add({ days: 2 }).toString();
  await page.waitForFunction(async ([path, date]) => (await (await fetch(path as string)).json()).due.date === date, [
    `/api/tasks/${id}`,
    wanted,
  ] as const);
});

test('a month shows what is due on each day and leads to the day', async () => {
  await ask('POST', '/api/tasks', { title: 'Book the van', due: { date: today().toString() } });
  await desk.open('/tasks/calendar?view=month&everybody=1');
  const cell = page.locator(`[data-date="${today()}"]`);
  await cell.getByRole('button', { name: /Book the van due/ }).waitFor();
  await cell.getByRole('button', { name: String(today().day), exact: true }).click();
  await page.getByRole('region', { name: 'Hours' }).waitFor();
  assert.ok(page.url().includes('view=day'));
});

test('a project is made, lies in another, cannot lie in itself, and goes to the archive and back', async () => {
  await desk.open('/tasks/projects');
  const panel = (name: string) => page.getByRole('region', { name });
  for (const name of ['Hotels', 'Harbour Hotel lobby']) {
    await page.getByRole('button', { name: 'New project' }).first().click();
    await panel('New project').getByLabel('Name').fill(name);
    await panel('New project').getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }
  // The second was made while the first was looked at, and so lies in it.
  const inner = page.getByRole('treeitem', { name: 'Harbour Hotel lobby' });
  assert.equal(await inner.getAttribute('aria-level'), '2');

  await page.getByRole('treeitem', { name: 'Hotels' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Hotels' }).waitFor();
  await page.getByRole('button', { name: 'Change…' }).click();
  await panel('Change “Hotels”').getByRole('combobox', { name: 'Lies in' }).click();
  await page.getByRole('option', { name: 'Harbour Hotel lobby' }).click();
  desk.expectComplaint(/status of 422/);
  await panel('Change “Hotels”').getByRole('button', { name: 'Save' }).click();
  await panel('Change “Hotels”').getByText('It hangs below this project itself; choose another parent.').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('treeitem', { name: 'Harbour Hotel lobby' }).click();
  await page.getByRole('heading', { level: 1, name: 'Harbour Hotel lobby' }).waitFor();
  await page.getByRole('textbox', { name: 'Add a task' }).fill('Strip chairs 6h');
  await page.keyboard.press('Enter');
  await page.getByText('0 of 1 done').waitFor();
  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  await page.getByText(/is in the archive and takes no new tasks/).waitFor();
  await page.getByRole('button', { name: /Undo/ }).click();
  await page.getByRole('button', { name: 'Archive', exact: true }).waitFor();
});

test('time is added, corrected and deleted, and comes back by Undo', async () => {
  await desk.open('/tasks/time');
  await page.getByRole('button', { name: 'Add time' }).click();
  const added = page.getByRole('region', { name: 'Add time' });
  await added.getByLabel('Day').fill(today().subtract({ days: 7 }).toString());
  await added.getByLabel('From').fill('09:00');
  await added.getByLabel('To').fill('10:30');
  await added.getByLabel('Note').fill('Mail and quotes');
  await added.getByRole('button', { name: 'Add', exact: true }).click();
  await added.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Week before' }).click();
  await page.getByText('1 h 30 in one stretch.').waitFor();
  await page.getByRole('button', { name: '9:00–10:30', exact: true }).click();
  const changed = page.getByRole('region', { name: 'Change the time' });
  await changed.getByLabel('To').fill('11:00');
  await changed.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 h in one stretch.').waitFor();
  await page.getByRole('button', { name: 'Delete 9:00–11:00' }).click();
  await page.getByText('2 h deleted').waitFor();
  await page.getByText('No time was tracked in this week.').waitFor();
  await page.keyboard.press('z');
  await page.getByText('2 h in one stretch.').waitFor();
});

test('a report says what came of the days, and its table is a file', async () => {
  await desk.test.settled();
  await desk.open('/tasks/reports?days=28');
  await page.getByText('2 h tracked').waitFor();
  await page.getByRole('table', { name: 'By day' }).getByRole('row').nth(28).waitFor();
  await page.getByRole('button', { name: 'Range: 4 weeks' }).click();
  await page.getByRole('menuitem', { name: 'A year' }).click();
  await page.getByRole('table', { name: 'By month' }).waitFor();
});

test('a member plans and tracks; a guest looks, and is offered nothing that would be refused', async () => {
  const { organisation } = desk.test;
  const member = desk.test.as('member');
  const at = monday().toZonedDateTime({ timeZone: zone, plainTime: '11:00' }).toInstant().toString();
  await member.post('/api/tasks', { title: 'Fabric choice', due: { at, zone } });
  await member.post('/api/projects', { name: 'Spring price list' });
  const me = await ask<{ id: string }>('GET', '/api/me');
  const people = desk.test.platform.pools.database('users');
  const join = { name: 'test.join', text: 'insert into membership values ($1, $2, $3, default, now())' };
  const role = {
    name: 'test.role',
    text: 'update membership set role = $3 where organisation_id = $1 and person_id = $2',
  };
  await people.query(join as never, [organisation, me.id, 'member'] as never);
  const other = await desk.window({ viewport: { width: 1440, height: 900 } });
  await other.goto(desk.url);
  await other.evaluate((id) => localStorage.setItem('tc-organisation', id), organisation);

  await other.goto(`${desk.url}tasks/calendar?view=week&everybody=1`);
  const block = other.getByRole('button', { name: /Fabric choice due/ });
  await block.focus();
  await other.keyboard.press('m');
  await other.getByText(/“Fabric choice” to/).waitFor();
  await other.keyboard.press('Escape');
  await other.goto(`${desk.url}tasks/projects`);
  await other.getByRole('button', { name: 'New project' }).waitFor();

  await people.query(role as never, [organisation, me.id, 'guest'] as never);
  await other.goto(`${desk.url}tasks/projects`);
  await other.getByRole('treeitem', { name: 'Spring price list' }).waitFor();
  await other.waitForFunction(
    () => ![...document.querySelectorAll('button')].some((one) => /New project/.test(one.textContent ?? '')),
  );
  await other.goto(`${desk.url}tasks/calendar?view=week&everybody=1`);
  await block.focus();
  await other.keyboard.press('m');
  assert.equal(await other.getByText(/“Fabric choice” to/).count(), 0);
  assert.equal(await other.getByRole('textbox', { name: 'Add a task' }).count(), 0);
  await other.goto(`${desk.url}tasks/time`);
  await other.getByText('No time was tracked in this week.').waitFor();
  assert.equal(await other.getByRole('button', { name: 'Add time' }).count(), 0);
  await other.close();
});
