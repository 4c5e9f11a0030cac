import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addCatalogue, setLanguage, translator } from './t.ts';

const t = translator('shed');
const left = { one: '{count} task left', other: '{count} tasks left' };

test('English needs no file, and a count is written as the language does', () => {
  assert.deepEqual([t(left, { count: 1 }), t(left, { count: 12_345 })], ['1 task left', '12,345 tasks left']);
  assert.equal(t('In {year}, {nobody}', { year: 2027 }), 'In 2027, {nobody}');
});

test('another language has as many plurals as it needs, and what it lacks stays English', (each) => {
  each.after(() => setLanguage('en'));
  setLanguage('cs');
  addCatalogue('shed', {
    '{count} tasks left': { one: 'zbývá {count} úkol', few: 'zbývají {count} úkoly', other: 'zbývá {count} úkolů' },
  });
  assert.deepEqual(
    [1, 3, 5].map((count) => t(left, { count })),
    ['zbývá 1 úkol', 'zbývají 3 úkoly', 'zbývá 5 úkolů'],
  );
  assert.equal(t('Done'), 'Done');
  assert.equal(translator('other')(left, { count: 2 }), '2 tasks left');
});
