import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { faultOfJson, nestsDeeper } from './json-faults.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

test('depth is counted as JSON.parse would nest it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(8), (value, most) => {
      assert.equal(nestsDeeper(Buffer.from(JSON.stringify(value)), most), depthOf(value) > most);
    }),
  );
});

test('a text that JSON.parse takes has its end for a fault, and one that is cut ends too early', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify([value]);
      assert.equal(faultOfJson(text), `It ends too early, at character ${text.length}.`);
      assert.match(faultOfJson(text.slice(0, -1)), /ends too early/);
    }),
  );
});

test('the place is at or before the first sign that makes a text no JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), fc.constantFrom('}', ',', '"', '\\', 'x', '01'), (value, at, sign) => {
      const good = JSON.stringify([value]);
      const place = at % good.length;
      const text = good.slice(0, place) + sign + good.slice(place);
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      if (valid) return;
      const said = /character (\d+)/.exec(faultOfJson(text));
      assert.ok(said, faultOfJson(text));
      assert.ok(Number(said[1]) <= text.length);
    }),
  );
});
