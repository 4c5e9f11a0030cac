import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Route } from '@task-connect/sdk';
import { z } from '@task-connect/sdk';
import { type PluginElsewhere, pluginsOf } from '../kernel/registry.ts';
import { type Answer, type Client, makeTestPlatform, type TestPlatform } from '../testing/testing.ts';

// Generated from what the plugins declare: every route of every plugin is asked by a stranger, with ids that exist in
// another organisation; and every table of every database is read as another organisation. Nothing may come back. Where
// the platform consists of several processes, each is asked itself as well, past the gateway.

let app: TestPlatform;
/** Every uuid that came back to a member, by the name of the field that it stood in. */
const seen = new Set<string>();

before(async () => {
  app = await makeTestPlatform({ plugins: 'all' });
  await seed(app.as('owner'));
  await app.settled();
});
after(() => app[Symbol.asyncDispose]());

const routesOf = (plugins: readonly PluginElsewhere[]) =>
  plugins.flatMap(({ id, routes }) => routes.map((route) => ({ plugin: id, route })));
/** Of all plugins, wherever they are served. */
const activeRoutes = () => routesOf(pluginsOf(app.platform.kernel.registry()));
/** Each way in, with what is served there: the platform as a whole, then each process of its own. */
const doors = () => [
  { door: app, routes: activeRoutes() },
  ...app
    .processes()
    .filter((each) => each !== app)
    .map((door) => ({ door, routes: routesOf(door.platform.kernel.registry().active) })),
];

function collect(value: unknown): void {
  if (typeof value === 'string') {
    if (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value)) seen.add(value);
  } else if (value && typeof value === 'object') Object.values(value).forEach(collect);
}

/** The least that a schema takes, so that there is something of each thing to be stolen. */
function least(schema: z.ZodType | undefined): unknown {
  if (!schema) return undefined;
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  return sample(json);
}
type Shape = {
  type?: string | string[];
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  anyOf?: Shape[];
  minimum?: number;
  minItems?: number;
};
function sample(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  if (shape.anyOf) return sample(shape.anyOf[0]!);
  const type = Array.isArray(shape.type) ? shape.type[0] : shape.type;
  if (type === 'object')
    return Object.fromEntries((shape.required ?? []).map((name) => [name, sample(shape.properties?.[name] ?? {})]));
  if (type === 'array') return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}));
  if (type === 'integer' || type === 'number') return shape.minimum ?? 1;
  if (type === 'boolean') return false;
  if (shape.format === 'uuid') return [...seen][0] ?? randomUUID();
  if (shape.format === 'date') return '2026-11-25';
  if (shape.format === 'date-time') return '2026-11-25T10:00:00Z';
  if (shape.format === 'email') return 'somebody@example.test';
  return 'Something';
}

async function seed(owner: Client) {
  for (const { route } of activeRoutes().filter(
    (each) =>
      each.route.method === 'POST' && !each.route.path.includes(':') && !each.route.path.startsWith('/platform'),
  )) {
    collect((await owner.post(`/api${route.path}`, least(route.body))).body);
  }
  await app.settled();
  for (const { route } of activeRoutes().filter(
    (each) => each.route.method === 'GET' && !each.route.path.includes(':') && each.route.kind === 'route',
  )) {
    collect((await owner.get(`/api${route.path}`)).body);
  }
}

const ask = (client: Client, route: Route, path: string): Promise<Answer> => {
  if (route.method === 'GET') return client.get(path);
  if (route.method === 'DELETE') return client.delete(path);
  return client[route.method.toLowerCase() as 'post' | 'put' | 'patch'](path, least(route.body));
};

test('a stranger gets nothing from any route, with none of the ids of another organisation', {
  timeout: 120_000,
}, async () => {
  assert.ok(seen.size >= 6, `only ${seen.size} ids were made`);
  // What is the stranger's own anyway.
  const own = new Set([app.as('stranger').person, app.as('stranger').organisation]);
  const stolen = [...seen].filter((id) => !own.has(id));
  const faults: string[] = [];
  for (const { door, routes } of doors()) {
    const stranger = door.as('stranger');
    let asked = 0;
    for (const { plugin, route } of routes) {
      if (route.kind === 'stream') continue;
      const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
      const tries = names.length === 0 ? [''] : stolen;
      for (const id of tries) {
        const path = `/api${route.path.replaceAll(/:(\w+)/g, id)}`;
        const answer = await ask(stranger, route, path);
        asked += 1;
        if (answer.status >= 500) faults.push(`${plugin}: ${route.method} ${path} answers ${answer.status}`);
        if (names.length > 0 && answer.status < 300) faults.push(`${plugin}: ${route.method} ${path} is let through`);
        const text = JSON.stringify(answer.body);
        const shown = stolen.filter((other) => text.includes(other) && !path.includes(other));
        if (shown.length > 0) faults.push(`${plugin}: ${route.method} ${path} shows ${shown.join(', ')}`);
      }
    }
    assert.ok(asked > routes.length, `ids were tried at ${door.url}`);
  }
  assert.deepEqual(faults, []);
});

test('an anonymous caller gets 401 from every route that is not public', async () => {
  for (const { door, routes } of doors()) {
    const notPublic = routes.filter(({ route }) => route.permission !== null);
    assert.ok(notPublic.length > (door === app ? 30 : 0));
    for (const { route } of notPublic) {
      const { status } = await ask(
        door.as('anonymous'),
        route,
        `/api${route.path.replaceAll(/:(\w+)/g, randomUUID())}`,
      );
      assert.equal(status, 401, `${route.method} ${route.path} at ${door.url}`);
    }
  }
});

test('a guest may only what a guest may', async () => {
  for (const { door, routes } of doors()) {
    let refused = 0;
    for (const { plugin, route } of routes) {
      const { contract } = app.platform.kernel.plugin(plugin).plugin!;
      const permission = route.permission && contract.permissions?.[route.permission];
      if (!permission || ('role' in permission && permission.role === 'guest')) continue;
      const { status } = await ask(door.as('guest'), route, `/api${route.path.replaceAll(/:(\w+)/g, randomUUID())}`);
      assert.equal(status, 403, `${route.method} ${route.path} at ${door.url}`);
      refused += 1;
    }
    if (door === app) assert.ok(refused > 10);
  }
});

test('each table of each plugin shows nothing to another organisation, and nothing without one', async () => {
  // Not the stranger of above, who has made things of their own meanwhile.
  const stranger = { organisation: randomUUID(), person: randomUUID() };
  const nobody = '00000000-0000-0000-0000-000000000000';
  let filled = 0;
  const served = app
    .processes()
    .flatMap(({ platform }) => platform.kernel.registry().active.map(({ id }) => ({ id, platform })));
  for (const { id, platform } of served.filter((each) => !app.platform.kernel.plugin(each.id).builtIn)) {
    await using opened = new AsyncDisposableStack();
    const admin = opened.adopt(await platform.provisioner.connectAsAdmin(id), (client) => client.end());
    const { rows: tables } = await admin.query(
      `select c.relname as name, obj_description(c.oid) as kind, c.relrowsecurity and c.relforcerowsecurity as protected
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
    );
    for (const { name, kind, protected: isProtected } of tables) {
      assert.match(kind ?? '', /^tc:(organisation|person|shared|platform)$/, `${id}.${name} has a kind`);
      assert.equal(isProtected, true, `${id}.${name} is protected, also from its owner`);
      const { rows } = await admin.query(`select count(*)::int as count from ${name}`);
      if (rows[0].count > 0) filled += 1;
      if (kind === 'tc:platform') continue;
      const client = await platform.pools.connect(id);
      try {
        assert.equal(
          (await client.query(`select 1 from ${name} limit 1`)).rowCount,
          0,
          `${id}.${name} without a scope`,
        );
        await client.query('begin');
        for (const [setting, value] of [
          ['organisation', stranger.organisation],
          ['person', stranger.person],
          ['reach', 'member'],
        ]) {
          await client.query('select set_config($1, $2, true)', [`tc.${setting}`, value]);
        }
        assert.equal((await client.query(`select 1 from ${name} limit 1`)).rowCount, 0, `${id}.${name} to a stranger`);
        await client.query(`select set_config('tc.organisation', $1, true), set_config('tc.person', $1, true)`, [
          nobody,
        ]);
        assert.equal((await client.query(`select 1 from ${name} limit 1`)).rowCount, 0, `${id}.${name} to nobody`);
        await client.query('rollback');
      } finally {
        client.release();
      }
    }
  }
  assert.ok(filled >= 3, `only ${filled} tables had rows to be seen`);
});
