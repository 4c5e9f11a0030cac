import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overtakenFields, shownValues, typeInto, valueText, without } from './draft.ts';
import type { JsonSchema } from './schema.ts';

const schema: JsonSchema = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    labels: { type: 'array', items: { type: 'string' } },
    status: { type: 'string', enum: ['open'], titles: { open: 'To do' } },
  },
};
const names = (saved: object, draft: Parameters<typeof overtakenFields>[2]) =>
  overtakenFields(schema, { ...saved }, draft).map(({ name }) => name);

test('a field that somebody else saved while it was typed into is overtaken, until one of both texts is chosen', () => {
  const draft = typeInto(typeInto({}, 'title', 'Oi', 'Oil'), 'title', 'Oil both', 'Oil');
  assert.deepEqual(names({ title: 'Oil' }, draft), []);
  assert.deepEqual(names({ title: 'Oil it' }, draft), ['title']);
  assert.deepEqual(names({ title: 'Oil both' }, draft), [], 'both wrote the same');
  assert.deepEqual(names({ title: 'Oil', labels: ['x'] }, draft), [], 'another field is no conflict');
  assert.deepEqual(shownValues({ title: 'Oil it', labels: [] }, draft), { title: 'Oil both', labels: [] });
  assert.deepEqual(names({ title: 'Oil it' }, without(draft, 'title')), []);
});

test('letters typed after the other save do not hide it', () => {
  const draft = typeInto(typeInto({}, 'title', 'Oil b', 'Oil'), 'title', 'Oil both', 'Oil it');
  assert.deepEqual(names({ title: 'Oil it' }, draft), ['title']);
});

test('values are said as the form says them, and an empty one is no text', () => {
  const [title, labels, status] = overtakenFields(
    schema,
    { title: 1, labels: 1, status: 1 },
    { title: { typed: 2, over: 3 }, labels: { typed: 2, over: 3 }, status: { typed: 2, over: 3 } },
  );
  assert.equal(valueText(status!, 'open'), 'To do');
  assert.equal(valueText(labels!, ['a', 'b']), 'a, b');
  assert.equal(valueText(title!, ''), undefined);
});
