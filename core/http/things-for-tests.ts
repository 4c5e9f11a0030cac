import { declarePlugin, text, z } from '@task-connect/sdk';

// A small plugin of every kind of route, for the tests of the edge.

export const things = declarePlugin({
  id: 'things',
  title: 'Things',
  hue: 'moss',
  paths: ['/things', '/analytics/things'],
  permissions: {
    'things:read': { title: 'See things', role: 'guest' },
    'things:write': { title: 'Change things', role: 'member' },
    'things:admin': { title: 'Repair things', platformRole: 'administrator' },
  },
});

export const Thing = z
  .object({ id: z.uuid(), name: z.string(), version: z.int(), owner: z.object({ name: z.string() }).nullable() })
  .meta({ id: 'Thing' });

const NewThing = z.strictObject({
  name: text(20).trim().min(1).describe('What people call it'),
  size: z.int().min(1).max(9).default(3),
  tags: z.array(z.string().max(5)).max(3).default([]),
  kind: z.enum(['soft', 'hard']).optional(),
  at: z.object({ x: z.number() }).optional(),
});

export const aThing = {
  id: '0198f2b4-6c1e-7d3a-9c1e-7d3a0198f2b4',
  name: 'Awl',
  version: 7,
  owner: { name: 'Wanda', password: 'hidden' },
  secret: 'hidden',
};

/** What a handler was given, for the test that asks. */
export const heard: { request: Record<string, unknown> }[] = [];
const hear = (request: object) => heard.push({ request: request as Record<string, unknown> });

export const list = things.route({
  method: 'GET',
  path: '/things',
  summary: 'List things',
  permission: 'things:read',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(2), tag: z.array(z.string()).optional() }),
  returns: z.object({ items: z.array(Thing), next: z.string().nullable() }),
  async handle(request) {
    hear(request);
    return { items: Array.from({ length: request.query.limit }, () => aThing), next: null };
  },
});

export const get = things.route({
  method: 'GET',
  path: '/things/:thingId',
  summary: 'One thing',
  permission: 'things:read',
  returns: Thing,
  async handle(request) {
    hear(request);
    return aThing;
  },
});

export const newest = things.route({
  method: 'GET',
  path: '/things/newest',
  summary: 'The newest thing',
  permission: 'signed-in',
  returns: z.object({ name: z.string() }),
  handle: async () => ({ name: 'newest' }),
});

export const see = things.route({
  method: 'POST',
  path: '/things/newest/seen',
  summary: 'Note that one has seen it',
  permission: 'signed-in',
  handle: async () => undefined,
});

export const create = things.route({
  method: 'POST',
  path: '/things',
  summary: 'Add a thing',
  permission: 'things:write',
  body: NewThing,
  status: 201,
  returns: Thing,
  async handle(request) {
    hear(request);
    return { ...aThing, name: request.body.name };
  },
});

export const change = things.route({
  method: 'PATCH',
  path: '/things/:thingId',
  summary: 'Change a thing',
  permission: 'things:write',
  body: z.object({ name: z.string() }),
  ifMatch: 'required',
  returns: Thing,
  async handle(request) {
    hear(request);
    return aThing;
  },
});

export const remove = things.route({
  method: 'DELETE',
  path: '/things/:thingId',
  summary: 'Delete a thing',
  permission: 'things:write',
  async handle(request) {
    hear(request);
  },
});

export const repair = things.route({
  method: 'POST',
  path: '/analytics/things/:name/repair',
  summary: 'Repair by name',
  permission: 'things:admin',
  params: z.object({ name: z.string().regex(/^[a-z]+$/) }),
  returns: z.object({ name: z.string() }),
  handle: async ({ params }) => ({ name: params.name }),
});

export const open = things.publicRoute({
  method: 'GET',
  path: '/things/at/:slug',
  summary: 'A thing by its address',
  reason: 'Its page is for guests.',
  address: 'slug',
  returns: z.object({ name: z.string() }),
  handle: async ({ params }) => ({ name: params.slug }),
});

export const broken = things.route({
  method: 'GET',
  path: '/things/broken',
  summary: 'A fault',
  permission: 'things:read',
  async handle() {
    throw new Error('the password of the database is hunter2');
  },
});

export const routes = [list, get, newest, see, create, change, remove, repair, open, broken];
