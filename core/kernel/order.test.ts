import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Contract, z } from '@task-connect/sdk';
import { dependentsOf, orderPlugins } from './order.ts';

const service = { kind: 'query', input: z.object({}), output: z.object({}) } as const;
const plugin = (id: string, offers: string[], uses: string[], optional: string[] = []): Contract => ({
  id,
  title: id,
  paths: [`/${id}`],
  offers: Object.fromEntries(offers.map((name) => [name, service])),
  uses: Object.fromEntries([
    ...uses.map((name) => [name, service]),
    ...optional.map((name) => [name, { ...service, optional: true }]),
  ]),
});

test('providers come before those who use them', () => {
  const { order, faults } = orderPlugins([
    plugin('a', [], ['b.x']),
    plugin('b', ['b.x'], ['c.x']),
    plugin('c', ['c.x'], []),
  ]);
  assert.deepEqual(order, ['c', 'b', 'a']);
  assert.equal(faults.size, 0);
});

test('a missing provider is named, also to those behind it', () => {
  const { order, faults } = orderPlugins([
    plugin('a', [], ['b.x']),
    plugin('b', ['b.x'], ['gone.x']),
    plugin('c', [], [], ['gone.x']),
  ]);
  assert.deepEqual(order, ['c']);
  assert.match(faults.get('b')!, /needs the service gone\.x/);
  assert.match(faults.get('a')!, /needs b, which cannot be on/);
});

test('a circle is shown as a circle', () => {
  const { order, faults } = orderPlugins([plugin('a', ['a.x'], ['b.x']), plugin('b', ['b.x'], ['a.x'])]);
  assert.deepEqual(order, []);
  assert.match(faults.get('a')!, /a → b → a/);
  assert.match(faults.get('b')!, /circle/);
});

test('who depends on a plugin is found through others', () => {
  const all = [
    plugin('a', [], ['b.x']),
    plugin('b', ['b.x'], ['c.x']),
    plugin('c', ['c.x'], []),
    plugin('d', [], [], ['c.x']),
  ];
  assert.deepEqual(dependentsOf('c', all), ['a', 'b']);
});
