import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { compileSerializer } from './serializer.ts';

const written = (schema: z.ZodType, value: unknown): unknown => JSON.parse(compileSerializer(schema)(value));

test('an undeclared field never leaves, at any depth', () => {
  const Person = z.object({ name: z.string() });
  const schema = z.object({
    owner: Person,
    perhaps: Person.nullable(),
    members: z.array(Person),
    byRole: z.record(z.string(), Person),
    pair: z.tuple([z.string(), Person]),
    both: z.intersection(Person, z.object({ age: z.int() })),
    ahead: z.string().optional(),
  });
  const secret = { name: 'Wanda', age: 40, password: 'hidden' };
  const value = {
    owner: secret,
    perhaps: secret,
    members: [secret, secret],
    byRole: { lead: secret },
    pair: ['x', secret],
    both: secret,
    password: 'hidden',
  };
  const text = compileSerializer(schema)(value);
  assert.equal(text.includes('hidden'), false);
  assert.deepEqual(JSON.parse(text), {
    owner: { name: 'Wanda' },
    perhaps: { name: 'Wanda' },
    members: [{ name: 'Wanda' }, { name: 'Wanda' }],
    byRole: { lead: { name: 'Wanda' } },
    pair: ['x', { name: 'Wanda' }],
    both: { name: 'Wanda', age: 40 },
  });
});

test('null and absent fields stay what they are', () => {
  const schema = z.object({ a: z.object({ b: z.int() }).nullable(), c: z.object({ d: z.int() }).optional() });
  assert.deepEqual(written(schema, { a: null }), { a: null });
});

test('each option of a union keeps its own fields alone', () => {
  const When = z.union([z.object({ date: z.string() }), z.object({ at: z.string(), zone: z.string() }), z.string()]);
  const schema = z.object({ due: When.nullable() });
  assert.deepEqual(written(schema, { due: { date: '2027-03-14', zone: 'x' } }), { due: { date: '2027-03-14' } });
  assert.deepEqual(written(schema, { due: { at: 'a', zone: 'z', date: undefined } }), { due: { at: 'a', zone: 'z' } });
  assert.deepEqual(written(schema, { due: 'soon' }), { due: 'soon' });
  assert.deepEqual(written(schema, { due: null }), { due: null });
});

test('an option is chosen by its literals, so a field of the other does not leave', () => {
  const schema = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('open'), name: z.string() }),
    z.object({ kind: z.literal('closed'), name: z.string(), reason: z.string() }),
  ]);
  const value = { kind: 'open', name: 'x', reason: 'hidden' };
  assert.deepEqual(written(schema, value), { kind: 'open', name: 'x' });
  assert.deepEqual(written(schema, { ...value, kind: 'closed' }), { ...value, kind: 'closed' });
});

test('an answer that fits no option is a fault and not an empty object', () => {
  const schema = z.union([z.object({ a: z.int() }), z.object({ b: z.int() })]);
  assert.throws(() => compileSerializer(schema)({ c: 1 }), /fits none of the shapes/);
});

test('a schema may hold itself', () => {
  const Tree = z.object({
    name: z.string(),
    get children() {
      return z.array(Tree);
    },
  });
  const value = { name: 'a', x: 1, children: [{ name: 'b', x: 1, children: [] }] };
  assert.deepEqual(written(Tree, value), { name: 'a', children: [{ name: 'b', children: [] }] });
});

test('JSON of any depth passes as it is', () => {
  const value = { a: [1, [2, { b: null }]], c: 'x' };
  assert.deepEqual(written(z.object({ preferences: z.json() }), { preferences: value, x: 1 }), { preferences: value });
});

test('loose objects, records of anything and unknown values pass as they are', () => {
  const schema = z.object({ values: z.record(z.string(), z.unknown()), more: z.looseObject({ a: z.int() }) });
  const value = { values: { x: [1, { y: 2 }] }, more: { a: 1, b: 2 } };
  assert.deepEqual(written(schema, value), value);
});

test('field names that are odd in JavaScript are only names', () => {
  const schema = z.object({ 'a-b': z.int(), 'q"uote': z.int(), constructor: z.int(), class: z.object({ x: z.int() }) });
  const value = { 'a-b': 1, 'q"uote': 2, constructor: 3, class: { x: 4 } };
  assert.deepEqual(written(schema, value), value);
});
