import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearest } from './nearest.ts';

test('one slip of the fingers finds the name', () => {
  const names = ['TC_PORT', 'TC_HOST', 'TC_PLUGINS', 'TC_PLUGIN_FOLDERS'];
  for (const slip of ['TC_PRT', 'TC_PORTT', 'TC_PROT', 'TC_PORZ', 'TC_PORTS'])
    assert.equal(nearest(slip, names), 'TC_PORT');
  assert.equal(nearest('TC_PLUGIN', names), 'TC_PLUGINS');
  assert.equal(nearest('TC_SOMETHING_ELSE', names), undefined);
});

test('a name that is there is its own nearest', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (names) => {
      assert.equal(nearest(names[0]!, names), names[0]);
    }),
  );
});
