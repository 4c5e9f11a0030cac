import assert from 'node:assert/strict';
import { test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import type { KitPage } from './kit-page.ts';

const scenes = ['gallery', 'table', 'form'];

/** What holds for everything: axe finds nothing, and nothing is wider than a small telephone. */
export function lookChecks(kit: () => KitPage): void {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in the kit, ${colorScheme}`, async () => {
      for (const scene of scenes) {
        const page = await kit().open(scene, { colorScheme, query: '&rows=120' });
        if (scene === 'gallery') await page.getByRole('slider').first().waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(({ id, nodes }) => `${scene}: ${id} ${nodes[0]!.html}`);
        assert.deepEqual(found, []);
        await page.context().close();
      }
    });
  }

  test('nothing of the kit is wider than 320', async () => {
    for (const scene of scenes) {
      const page = await kit().open(scene, { viewport: { width: 320, height: 640 }, query: '&rows=120' });
      const wide = await page.evaluate(() => document.querySelector('main')!.scrollWidth);
      assert.equal(wide, 320, scene);
      await page.context().close();
    }
  });

  test('who wants less motion gets none', async () => {
    const page = await kit().open('gallery', { reducedMotion: 'reduce' });
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((one) => {
          const style = getComputedStyle(one);
          return style.transitionDuration.split(', ').some((length) => Number.parseFloat(length) > 0.001);
        }).length,
    );
    assert.equal(moving, 0);
    await page.context().close();
  });
}
