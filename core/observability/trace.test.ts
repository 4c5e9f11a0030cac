import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { childTrace, continueTrace, newTrace, parseTraceparent, traceparentOf } from './trace.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

test('a caller’s trace goes on with a new step', () => {
  const trace = continueTrace(`00-${traceId}-${spanId}-01`);
  assert.equal(trace.traceId, traceId);
  assert.equal(trace.parentId, spanId);
  assert.notEqual(trace.spanId, spanId);
  assert.equal(trace.sampled, true);
  assert.equal(continueTrace(`00-${traceId}-${spanId}-00`).sampled, false);
});

test('a later version is read as far as it is known, and answered as version 00', () => {
  const trace = parseTraceparent(`cc-${traceId}-${spanId}-01-what-the-future-brings`);
  assert.equal(trace?.traceId, traceId);
  assert.equal(traceparentOf(trace!), `00-${traceId}-${spanId}-01`);
});

const invalid = [
  undefined,
  '',
  'nonsense',
  `ff-${traceId}-${spanId}-01`,
  `00-${'0'.repeat(32)}-${spanId}-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `00-${traceId.toUpperCase()}-${spanId}-01`,
  `00-${traceId}-${spanId}-01-more`,
  `cc-${traceId}-${spanId}-01.more`,
  `00-${traceId}-${spanId}`,
  ` 00-${traceId}-${spanId}-01`,
  `00-${traceId}-${spanId}-01\n`,
  `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`,
];

for (const header of invalid) {
  test(`${JSON.stringify(header)} begins a new trace`, () => {
    const trace = continueTrace(header);
    assert.equal(trace.parentId, undefined);
    assert.notEqual(trace.traceId, traceId);
    assert.match(traceparentOf(trace), /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });
}

test('what is written is read back, and any other text never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.string(), (bytes, text) => {
      const random = (count: number) => Buffer.from(bytes.map((byte) => byte | 1).subarray(0, count));
      const trace = childTrace(newTrace(random), random);
      assert.deepEqual(parseTraceparent(traceparentOf(trace)), {
        traceId: trace.traceId,
        spanId: trace.spanId,
        sampled: true,
      });
      parseTraceparent(text);
    }),
  );
});

test('ids of all zeros are drawn again', () => {
  let draws = 0;
  const trace = newTrace((bytes) => Buffer.alloc(bytes, draws++ === 0 ? 0 : 1));
  assert.equal(trace.traceId, '01'.repeat(16));
});
