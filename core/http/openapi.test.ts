import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declarePlugin, z } from '@task-connect/sdk';
import { activate, ask, startEdge } from './edge-for-tests.ts';
import { openApiOf } from './openapi.ts';
import { referenceOf } from './reference-digest.ts';
import { referencePage } from './reference-page.ts';
import { routes, things } from './things-for-tests.ts';

const about = { version: '1.2.3', base: '' };
const thingsApi = () => openApiOf([activate(things.contract, routes)], about);

test('a route stands in the document with its parameters, body, answer and refusals', () => {
  const { paths, components } = thingsApi();
  const change = paths['/api/things/{thingId}']!.patch!;
  assert.equal(change.operationId, 'patchThingsByThingId');
  assert.deepEqual(change.tags, ['things']);
  assert.equal(change['x-permission'], 'things:write');
  assert.deepEqual(change.parameters, [
    { name: 'thingId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    { $ref: '#/components/parameters/Organization' },
    { $ref: '#/components/parameters/IdempotencyKey' },
    { $ref: '#/components/parameters/IfMatchRequired' },
  ]);
  assert.deepEqual(Object.keys(change.responses), [
    ...['200', '400', '401', '403', '404', '409', '412', '413', '415', '422', '428', '429', 'default'],
  ]);
  const create = paths['/api/things']!.post!;
  const body = create.requestBody!.content['application/json']!.schema;
  assert.deepEqual(body.required, ['name']);
  assert.equal(body.properties!.name!.description, 'What people call it');
  assert.equal(body.additionalProperties, false);
  assert.deepEqual(components.schemas.Thing!.required, ['id', 'name', 'version', 'owner']);
  assert.equal(components.schemas.Thing!.additionalProperties, undefined);
  const limit = paths['/api/things']!.get!.parameters![0];
  assert.deepEqual(limit, {
    name: 'limit',
    in: 'query',
    required: false,
    schema: { default: 2, type: 'integer', minimum: 1, maximum: 200 },
  });
  assert.deepEqual(paths['/api/things/at/{slug}']!.get!.security, []);
});

test('every reference leads somewhere', () => {
  const api = thingsApi();
  const references = [...JSON.stringify(api).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
  assert.ok(references.length > 20);
  for (const [, kind, name] of references) {
    assert.ok((api.components as unknown as Record<string, object>)[kind!]![name as never], `${kind}/${name}`);
  }
});

test('every tag is described once, that of the edge’s own routes too', () => {
  const console = activate({ id: 'platform', title: 'Administration', paths: ['/platform'] }, [
    { ...routes[0]!, path: '/platform' },
  ]);
  const named = (plugins: Parameters<typeof openApiOf>[0]) =>
    openApiOf(plugins, about).tags.map(({ name, description }) => `${name}: ${description}`);
  assert.deepEqual(named([activate(things.contract, routes)]), ['platform: Platform', 'things: Things']);
  assert.deepEqual(named([activate(things.contract, routes), console]), ['platform: Administration', 'things: Things']);
});

test('the same routes give the same bytes, in whatever order they come', () => {
  const other = activate({ id: 'another', title: 'Another', paths: ['/another'] }, [
    { ...routes[0]!, path: '/another' },
  ]);
  const one = openApiOf([activate(things.contract, routes), other], about);
  const two = openApiOf([other, activate(things.contract, routes.toReversed())], about);
  assert.equal(JSON.stringify(one), JSON.stringify(two));
});

test('a schema that holds itself is named, and two of one name are kept apart', () => {
  const tree = declarePlugin({ id: 'trees', title: 'Trees', paths: ['/trees'] });
  const Node = z.object({
    name: z.string(),
    get children() {
      return z.array(Node);
    },
  });
  const route = (path: string, returns: z.ZodType) =>
    tree.route({
      method: 'GET',
      path,
      summary: 'x',
      permission: 'signed-in',
      returns,
      handle: async () => null as never,
    });
  const api = openApiOf(
    [
      activate(tree.contract, [
        route('/trees', Node),
        route('/trees/things', z.object({ a: z.int() }).meta({ id: 'Thing' })),
      ]),
      activate(things.contract, routes),
    ],
    about,
  );
  const answer = (path: string) => JSON.stringify(api.paths[path]!.get!.responses[200]);
  assert.match(answer('/api/trees'), /components\/schemas\/getTreesAnswerPart0/);
  assert.match(answer('/api/trees/things'), /components\/schemas\/trees\.Thing/);
  assert.match(answer('/api/things/newest'), /"name"/);
});

test('the document and its page are served, kept by their ETag, and follow what is switched on', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  for (const [path, type] of [
    ['/api/openapi.json', 'application/json'],
    ['/api/reference.json', 'application/json'],
    ['/api/docs', 'text/html; charset=utf-8'],
  ] as const) {
    const answer = await ask(edge, path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], type);
    assert.match(answer.text, /Add a thing/);
    const headers = { 'if-none-match': answer.headers.etag! };
    assert.equal((await ask(edge, path, { headers })).status, 304);
    edge.swap([]);
    assert.doesNotMatch((await ask(edge, path, { headers })).text, /Add a thing/);
    edge.swap([plugin]);
  }
});

test('the page runs nothing, fetches nothing, and shows what a schema says as text', async () => {
  const odd = { ...routes[0]!, summary: '<script>alert(1)</script> & "x"' };
  await using edge = await startEdge([activate(things.contract, [odd, ...routes.slice(1)])]);
  const { text, headers } = await ask(edge, '/api/docs');
  const policies = headers['content-security-policy']!;
  assert.match(policies, /^default-src 'none'; style-src 'sha256-/);
  assert.doesNotMatch(text, /<script|https?:\/\/(?!localhost)|style="/);
  assert.match(text, /&lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; &quot;x&quot;/);
});

test('a curl line has the headers and a body that the route takes', () => {
  const page = referencePage(referenceOf(thingsApi()), '/tc');
  const text = page.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  assert.match(
    text,
    /TC=http:\/\/localhost:8080\/tc\ncurl -X POST "\$TC\/api\/things" \\\n {2}-H "Authorization: Bearer \$TOKEN"/,
  );
  assert.match(text, /-d '\{"name":"text"\}'/);
  assert.match(text, /-H 'If-Match: "1"'/);
});

test('what the console draws needs no references: every body has its fields and an example', () => {
  const { operations, plugins } = referenceOf(thingsApi());
  assert.ok(plugins.some(({ id }) => id === 'things'));
  const add = operations.find(({ method, path }) => method === 'POST' && path === '/api/things')!;
  assert.deepEqual(add.body?.example, { name: 'text' });
  assert.equal(add.body?.fields[0]?.name, 'name');
  assert.ok(add.answers.some(({ status, shape }) => status === '201' && (shape?.fields.length ?? 0) > 0));
  assert.ok(operations.some(({ answers }) => answers.some(({ stream }) => stream)));
  assert.doesNotMatch(JSON.stringify(operations), /\$ref/);
});
