import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lineShape } from './line-shape.ts';
import { areaPath, linePath, roundAbove, runsOf } from './plot.ts';

test('a scale ends a little above the largest value, at a number one can say', () => {
  assert.deepEqual([61, 0.02, 1, 950, 0, 101].map(roundAbove), [80, 0.02, 1, 1000, 1, 120]);
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (value) => {
      const top = roundAbove(value);
      assert.ok(top >= value * 0.999999 && top <= value * 2.1, `${value} ends at ${top}`);
    }),
  );
});

test('a missing value is a gap in line and area', () => {
  const points = [0, 1, null, 1, 0].map((y, index) => ({ x: index / 4, y }));
  assert.equal(runsOf(points).length, 2);
  assert.equal(linePath(points, 100, 10), 'M0 10L25 0M75 0L100 10');
  assert.equal(areaPath(points, 100, 10), 'M0 10L0 10L25 0L25 10ZM75 10L75 0L100 10L100 10Z');
  assert.equal(linePath([{ x: 0.5, y: 1 }], 100, 10), 'M50 0h0.01');
  assert.equal(linePath([], 100, 10), '');
});

test('two series lie on one scale of time and value, and instants of one are no gaps of the other', () => {
  const at = (minute: number) => `2027-01-12T09:0${minute}:00Z`;
  const shape = lineShape({
    series: [
      {
        name: 'a',
        points: [
          { at: at(0), value: 10 },
          { at: at(4), value: 20 },
        ],
      },
      { name: 'b', points: [{ at: at(2), value: -5 }] },
    ],
  });
  assert.deepEqual([shape.top, shape.bottom, shape.instants.length, shape.last], [20, -5, 3, 2]);
  assert.deepEqual(shape.points[0], [
    { x: 0, y: 0.6 },
    { x: 1, y: 1 },
  ]);
  assert.deepEqual(shape.points[1], [{ x: 0.5, y: 0 }]);
  assert.deepEqual(lineShape({ series: [{ name: 'a', points: [] }] }).last, undefined);
});
