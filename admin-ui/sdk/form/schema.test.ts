import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { faultOf } from './check.ts';
import { countChanges, fieldsOf, type JsonSchema, labelOf } from './schema.ts';

const schema = z.toJSONSchema(
  z.strictObject({
    remindBefore: z.int().min(5).default(60).describe('Minutes before the due time'),
    sender: z.email(),
    mode: z.enum(['all', 'none']),
    digest: z.boolean(),
    hosts: z.array(z.string()),
    limit: z.int().nullable(),
    quiet: z.object({ from: z.string(), to: z.string() }),
    rules: z.array(z.object({ name: z.string() })),
  }),
  { io: 'input' },
) as JsonSchema;
const field = (name: string) => fieldsOf(schema).find((one) => one.name === name)!;

test('every part of a zod schema has a field', () => {
  assert.deepEqual(
    fieldsOf(schema).map(({ name, kind }) => [name, kind]),
    [
      ['remindBefore', 'number'],
      ['sender', 'line'],
      ['mode', 'choice'],
      ['digest', 'switch'],
      ['hosts', 'words'],
      ['limit', 'number'],
      ['quiet', 'group'],
      ['rules', 'list'],
    ],
  );
  assert.equal(field('remindBefore').help, 'Minutes before the due time');
  assert.equal(labelOf('remindBefore'), 'Remind before');
});

test('faults say how to mend them', () => {
  assert.equal(faultOf(field('remindBefore'), 4), 'Give 5 or more.');
  assert.equal(faultOf(field('remindBefore'), 5.5), 'Give a whole number.');
  assert.equal(faultOf(field('sender'), 'nobody'), 'Give an address such as name@example.org.');
  assert.equal(faultOf(field('sender'), ''), 'This is needed.');
  assert.equal(faultOf(field('limit'), null), undefined);
  assert.equal(faultOf(field('remindBefore'), 60), undefined);
});

test('changes are counted field by field, within groups too', () => {
  const before = { mode: 'all', hosts: ['a'], quiet: { from: '20:00', to: '7:00' } };
  assert.equal(countChanges(schema, before, before), 0);
  assert.equal(countChanges(schema, before, { ...before, mode: 'none', quiet: { from: '21:00', to: '6:00' } }), 3);
});
