import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declarePlugin, z } from './index.ts';

const stars = declarePlugin({
  id: 'stars',
  title: 'Stars',
  paths: ['/stars'],
  permissions: { 'stars:write': { title: 'Add stars', role: 'member' } },
  settings: z.object({ limit: z.int().default(5) }),
  publishes: {
    'star.added': { version: 1, aggregate: 'starId', data: z.object({ starId: z.uuid(), name: z.string() }) },
  },
  handles: { 'star.added': { version: 1, data: z.object({ starId: z.uuid() }) } },
  oneOffs: { fade: { data: z.object({ starId: z.uuid() }) } },
});

test('a declaration carries its types to the handlers and does nothing by itself', async () => {
  const route = stars.route({
    method: 'POST',
    path: '/stars/:starId',
    summary: 'Add a star',
    permission: 'stars:write',
    body: z.strictObject({ name: z.string() }),
    returns: z.object({ name: z.string() }),
    async handle({ params, body }, { publish, schedule, settings, clock }) {
      await publish('star.added', { starId: params.starId, name: body.name });
      await schedule('fade', { at: clock.now(), key: params.starId, data: { starId: params.starId } });
      return { name: body.name.slice(0, settings.limit) };
    },
  });
  const handler = stars.handler({
    event: 'star.added',
    name: 'count-star',
    async handle({ data }) {
      assert.ok(data.starId);
    },
  });
  const plugin = stars.plugin({ routes: [route], handlers: [handler] });
  assert.equal(plugin.contract.id, 'stars');
  assert.equal(plugin.parts.routes?.[0]?.permission, 'stars:write');
  assert.equal(plugin.parts.handlers?.[0]?.outside, false);
});

test('what the contract does not name is a compile error', () => {
  stars.route({
    method: 'GET',
    path: '/stars',
    summary: 'x',
    // @ts-expect-error an unknown permission
    permission: 'stars:wirte',
    async handle(_, { publish }) {
      // @ts-expect-error a misspelt field of a published event
      await publish('star.added', { starId: 'x', nmae: 'y' });
    },
  });
  stars.route({
    method: 'GET',
    path: '/s',
    summary: 'x',
    permission: 'signed-in',
    returns: z.object({ a: z.string() }),
    // @ts-expect-error a response that misses a field
    async handle() {
      return {};
    },
  });
  // @ts-expect-error a handler for an undeclared event
  stars.handler({ event: 'star.gone', name: 'x', async handle() {} });
  stars.handler({
    event: 'star.added',
    name: 'y',
    async handle({ data }) {
      // @ts-expect-error a field that was not declared as read
      assert.ok(data.name);
    },
  });
});
