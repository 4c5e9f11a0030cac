import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textChanges } from './text-changes.ts';

test('words that went and words that came are told apart', () => {
  assert.deepEqual(textChanges('Order webbing', 'Order jute'), [
    { kind: 'same', text: 'Order ' },
    { kind: 'gone', text: 'webbing' },
    { kind: 'new', text: 'jute' },
  ]);
});

test('both texts can be read out of the changes', () => {
  const words = fc.array(fc.constantFrom('foam', 'jute', ' ', '\n', '. ', 'Öl', '👩‍🔧'), { maxLength: 30 });
  const text = words.map((all) => all.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = textChanges(before, after);
      const without = (kind: string) =>
        changes
          .filter((one) => one.kind !== kind)
          .map((one) => one.text)
          .join('');
      assert.equal(without('new'), before);
      assert.equal(without('gone'), after);
    }),
  );
});
