import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeEventReader } from './event-reader.ts';

test('events are read out of pieces that end anywhere', () => {
  const read = makeEventReader();
  assert.deepEqual(read('retry: 1000\n\n: still here\n\nid: 7\nev'), []);
  assert.deepEqual(read('ent: hint\ndata: {"type":"x"}\n'), []);
  assert.deepEqual(read('\nid: 8\nevent: hint\ndata: a\ndata: b\r\n\r\n'), [
    { id: '7', type: 'hint', data: '{"type":"x"}' },
    { id: '8', type: 'hint', data: 'a\nb' },
  ]);
});
