import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Contract, type Plugin, z } from '@task-connect/sdk';
import { makeCall } from './call.ts';
import { pluginActor } from './lend.ts';
import type { ActivePlugin, WorkScope } from './registry.ts';

const shape = { kind: 'query', input: z.object({ n: z.int() }), output: z.object({ n: z.int() }) } as const;
const caller: Contract = {
  id: 'taker',
  title: 'Taker',
  paths: [],
  uses: { 'giver.double': shape, 'giver.add': { ...shape, kind: 'command' } },
};
const scope: WorkScope = { actor: pluginActor('taker'), reach: 'member', requestId: 'r', traceparent: 't' };

/** A provider that does what it is given, and counts who is inside. */
function aProvider(handle: (input: { n: number }) => Promise<object>) {
  const inside = { count: 0, scopes: [] as WorkScope[] };
  const plugin: Plugin = {
    contract: {
      id: 'giver',
      title: 'Giver',
      paths: [],
      offers: { 'giver.double': shape, 'giver.add': { ...shape, kind: 'command' } },
    },
    parts: { services: ['giver.double', 'giver.add'].map((name) => ({ name, handle: handle as never })) },
  };
  const active: ActivePlugin = {
    id: 'giver',
    plugin,
    routes: [],
    enter() {
      inside.count += 1;
      return () => {
        inside.count -= 1;
      };
    },
    async unitOfWork(given, work) {
      inside.scopes.push(given);
      return work({} as never);
    },
    open: () => assert.fail(),
    leaving: new AbortController().signal,
  };
  return { inside, registry: () => ({ generation: 1, active: [active] }) };
}

test('a call is given up at its deadline, and what it began counts as in flight until its end', async () => {
  const { promise, resolve } = Promise.withResolvers<object>();
  const { inside, registry } = aProvider(() => promise);
  const call = makeCall(registry, 10);
  await assert.rejects(call(caller, scope, true, 'giver.double', { n: 1 }), {
    type: 'service-too-slow',
    status: 503,
    message: /giver\.double did not answer in time/,
  });
  assert.equal(inside.count, 1);
  resolve({ n: 2 });
  await promise;
  await new Promise((done) => setImmediate(done));
  assert.equal(inside.count, 0);
});

test('a provider that fails is left, and its error is the caller’s', async () => {
  const { inside, registry } = aProvider(async () => {
    throw new Error('It cannot.');
  });
  await assert.rejects(makeCall(registry)(caller, scope, true, 'giver.double', { n: 1 }), /It cannot/);
  assert.equal(inside.count, 0);
});

test('a wrong input enters nobody, and only declared fields come back', async () => {
  const { inside, registry } = aProvider(async ({ n }) => ({ n: n * 2, secret: 'x' }));
  const call = makeCall(registry);
  await assert.rejects(call(caller, scope, true, 'giver.double', { n: 'one' }));
  assert.deepEqual([inside.count, inside.scopes.length], [0, 0]);
  assert.deepEqual(await call(caller, scope, true, 'giver.double', { n: 21, more: 1 }), { n: 42 });
  assert.equal(inside.scopes[0]!.readOnly, true);
});

test('a command needs a key, and no transaction around it', async () => {
  const { inside, registry } = aProvider(async ({ n }) => ({ n }));
  const call = makeCall(registry);
  await assert.rejects(call(caller, scope, true, 'giver.add', { n: 1 }, 'key'), /outside of the transaction/);
  await assert.rejects(call(caller, scope, false, 'giver.add', { n: 1 }), /give an idempotencyKey/);
  assert.equal(inside.scopes.length, 0);
  await call(caller, scope, false, 'giver.add', { n: 1 }, 'key');
  assert.equal(inside.scopes[0]!.idempotency?.key, 'taker:giver.add:key');
});

test('a query takes no key, for there is nothing that could be done twice', async () => {
  const { inside, registry } = aProvider(async ({ n }) => ({ n }));
  await assert.rejects(
    makeCall(registry)(caller, scope, false, 'giver.double', { n: 1 }, 'key'),
    /leave the idempotencyKey out/,
  );
  assert.equal(inside.scopes.length, 0);
});

test('what is off, or was not declared, is said', async () => {
  const off = makeCall(() => ({ generation: 1, active: [] }));
  await assert.rejects(off(caller, scope, true, 'giver.double', { n: 1 }), { type: 'service-off' });
  await assert.rejects(off(caller, scope, true, 'giver.halve', { n: 1 }), /does not declare that it uses giver\.halve/);
});
