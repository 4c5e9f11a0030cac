import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from '@task-connect/sdk';
import { effectiveSettings, faultsOfNewSettings } from './plugin-settings.ts';

const schema = z.object({
  limit: z.int().max(5).default(3),
  colour: z.enum(['red', 'blue']).default('red'),
  days: z.string().transform(Number).default(7),
});

test('without saved values the defaults hold', () => {
  assert.deepEqual(effectiveSettings(schema, {}), {
    values: { limit: 3, colour: 'red', days: 7 },
    refused: [],
    missing: [],
  });
  assert.deepEqual(effectiveSettings(undefined, { limit: 1 }).values, {});
});

test('a saved value that a newer schema refuses gives way to its default, and the others stay', () => {
  const { values, refused } = effectiveSettings(schema, { limit: 9, colour: 'blue', days: '2', gone: true });
  assert.deepEqual(values, { limit: 3, colour: 'blue', days: 2 });
  assert.deepEqual(refused, ['limit']);
});

test('what breaks a rule about several of them gives way together', () => {
  const range = z
    .object({ from: z.int().default(1), to: z.int().default(2) })
    .refine(({ from, to }) => from < to, { error: 'The end lies before the start.' });
  const { values, refused } = effectiveSettings(range, { from: 5, to: 4 });
  assert.deepEqual([values, refused], [{ from: 1, to: 2 }, ['from', 'to']]);
});

test('a value without a default that nobody has set is named', () => {
  const needy = z.object({ address: z.url(), limit: z.int().default(1) });
  assert.deepEqual(effectiveSettings(needy, {}).missing, ['address']);
  assert.deepEqual(effectiveSettings(needy, { address: 'nowhere' }), {
    values: {},
    refused: ['address'],
    missing: ['address'],
  });
  assert.deepEqual(effectiveSettings(needy, { address: 'https://example.test' }).missing, []);
});

test('new values are held to the schema, to its names and to what can be stored', () => {
  const of = (values: Record<string, unknown>) =>
    faultsOfNewSettings('x', schema, values).map(({ pointer }) => pointer);
  assert.deepEqual(of({ limit: 4 }), []);
  assert.deepEqual(of({ limit: 6, colour: 'green' }), ['/values/limit', '/values/colour']);
  assert.deepEqual(of({ more: 1 }).length, 1);
  assert.deepEqual(of({ days: '\u0000' }), ['/values']);
  assert.deepEqual(of({ days: '\ud800' }), ['/values']);
  assert.deepEqual(of({ days: '\\u0000 as it is written, and 😀' }), []);
  assert.match(faultsOfNewSettings('x', undefined, {})[0]!.detail, /x has no settings/);
});
