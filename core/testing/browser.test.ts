import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser } from './browser.ts';

test('two browsers that open at once both show a page', async () => {
  const browsers = await Promise.all([openBrowser(), openBrowser()]);
  try {
    const titles = await Promise.all(
      browsers.map(async (browser) => {
        const page = await browser.newPage();
        await page.setContent('<title>Here</title>');
        return page.title();
      }),
    );
    assert.deepEqual(titles, ['Here', 'Here']);
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
  }
});

test('a wrong TC_CHROMIUM is named, not passed over', async () => {
  await assert.rejects(openBrowser({ executable: '/nowhere/chrome' }), /TC_CHROMIUM names \/nowhere\/chrome/);
});
