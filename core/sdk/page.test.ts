import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './page.ts';
import { InvalidInput } from './problem.ts';

const shape = z.tuple([z.string(), z.int().nullable()]);

test('a cursor gives back what was put into it', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\u0000'));
  fc.assert(
    fc.property(text, fc.option(fc.integer()), (title, place) => {
      assert.deepEqual(decodeCursor(encodeCursor([title, place]), shape), [title, place]);
    }),
  );
});

test('what is no cursor of the list is refused, a NUL in it as well', () => {
  for (const cursor of ['', 'x', '!!', encodeCursor([1, 2]), encodeCursor(['a\u0000b', 1])]) {
    assert.throws(() => decodeCursor(cursor, shape), InvalidInput, cursor);
  }
  assert.equal(decodeCursor(undefined, shape), undefined);
});
