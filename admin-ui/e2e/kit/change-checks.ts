import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KitPage } from './kit-page.ts';

/** Changes that are shown before they are done, and what is heard from the server. */
export function changeChecks(kit: () => KitPage): void {
  test('a change shows at once, and is taken back with the reason when the server refuses', async () => {
    const page = await kit().open('change');
    kit().expectComplaint(/status of 409/);
    await page.getByRole('heading', { name: 'Oil the table' }).waitFor();
    const held = Promise.withResolvers<void>();
    kit().api.hold = held.promise;
    kit().api.refuse = { status: 409, type: 'things/locked', title: 'Locked', detail: 'Unlock it first.' };
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { name: 'Wax the table' }).waitFor();
    held.resolve();
    await page.getByText('Unlock it first.').waitFor();
    await page.getByText('things/locked').waitFor();
    await page.getByRole('heading', { name: 'Oil the table' }).waitFor();
    kit().api.refuse = undefined;
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { name: 'Wax the table' }).waitFor();
    await page.getByText('Unlock it first.').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('a list that must wait says for how long, and is read then', async () => {
    const { api } = kit();
    kit().expectComplaint(/status of 429/);
    api.busy = { status: 429, type: 'too-many-requests', title: 'Too many requests', detail: 'Go on in a while.' };
    const page = await kit().open('pages', { clock: true });
    for (let tries = 0; tries < 4; tries++) await page.clock.runFor(20_000);
    await page.getByText('Go on in a while.').waitFor();
    const again = page.getByRole('button', { name: /Try again/ });
    assert.match((await again.textContent())!, /in \d+ s/);
    assert.ok(await again.isDisabled());
    api.busy = undefined;
    for (let second = 0; second < 60; second++) await page.clock.runFor(1000);
    await page.getByRole('button', { name: 'Try again', exact: true }).click();
    await page.getByRole('row', { name: 'Chair 1', exact: true }).waitFor();
    await page.context().close();
  });

  for (const workers of ['a shared worker', 'no shared workers']) {
    test(`hints come live and again after a gap, with ${workers}`, async () => {
      const { api } = kit();
      kit().expectComplaint(/status of 503|ERR_/);
      api.listened.length = 0;
      const page = await kit().open('live', { query: workers === 'no shared workers' ? '&workers=none' : '' });
      await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Live');
      for (let tries = 0; api.listened.length === 0 && tries < 200; tries++) await page.evaluate(() => 0);
      assert.equal(api.listened.length, 1);
      assert.equal(api.listened[0]!.lastEventId, undefined);
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
      api.say('41', { type: 'ping', plugin: 'one' });
      await page.getByText('heard: one').waitFor();
      api.live = false;
      api.drop();
      await page.getByRole('heading', { name: 'No connection' }).waitFor();
      api.live = true;
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await page.getByRole('heading', { name: 'Live' }).waitFor();
      assert.equal(api.listened.at(-1)!.lastEventId, '41');
      api.say('42', { type: 'ping', plugin: 'two' });
      await page.getByText('heard: one two').waitFor();
      await page.context().close();
    });
  }
}
