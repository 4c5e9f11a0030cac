import { type Plugin, ProblemDocument, type Route } from '@task-connect/sdk';
import { type Operation, operationOf, type Parameter } from './openapi-operation.ts';
import { makeSchemas, type SchemaObject } from './openapi-schemas.ts';
import { headerParameters, securitySchemes, sharedResponses } from './openapi-shared.ts';

// The OpenAPI 3.1 document of the routes that are on. The same routes give the same bytes: docs/openapi.json is made
// from it and compared in the check.

export type OpenApi = {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, SchemaObject>;
    responses: Record<string, object>;
    parameters: Record<string, Parameter>;
    securitySchemes: Record<string, object>;
  };
};

export type DocumentedPlugin = { id: string; plugin: Plugin; routes: readonly Route[] };

const Problem = ProblemDocument.meta({ id: 'Problem' });

/** `base` is the path below which everything lies, `/tc` or nothing. */
export function openApiOf(plugins: readonly DocumentedPlugin[], about: { version: string; base: string }): OpenApi {
  const schemas = makeSchemas();
  schemas.of(Problem, 'output', 'Problem');
  const sorted = plugins.filter(({ routes }) => routes.length > 0).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const paths: OpenApi['paths'] = { '/api/live': { get: liveOperation } };
  for (const { id, routes } of sorted) {
    for (const route of routes) {
      const path = `/api${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
      paths[path] ??= {};
      paths[path][route.method.toLowerCase()] = operationOf(id, route, schemas);
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Task Connect', version: about.version, description },
    servers: [{ url: about.base || '/' }],
    security: [{ bearer: [] }, { session: [] }],
    tags: [...titlesOf(sorted)].map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(
      Object.entries(paths)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, methods]) => [path, inOrder(methods)]),
    ),
    components: {
      schemas: schemas.named(),
      responses: sharedResponses,
      parameters: headerParameters,
      securitySchemes,
    },
  };
}

/** What the edge answers itself belongs to the platform, which is a plugin of its own where there is a console. */
const titlesOf = (plugins: readonly DocumentedPlugin[]): Map<string, string> =>
  new Map([['platform', 'Platform'], ...plugins.map(({ id, plugin }) => [id, plugin.contract.title] as const)]);

const description =
  'Instants are RFC 3339 in UTC, ids are UUIDs. What is refused is answered with a problem document (RFC 9457) that says what to do. Lists give `next`, the cursor of the following page.';

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const inOrder = (operations: Record<string, Operation>): Record<string, Operation> =>
  Object.fromEntries(methods.flatMap((method) => (operations[method] ? [[method, operations[method]]] : [])));

const liveOperation: Operation = {
  operationId: 'getLive',
  summary: 'Hear hints that something changed, as server-sent events',
  description:
    'Each event `hint` has `{ type, plugin, data }` and an id; sent again as Last-Event-ID it fetches what was missed. A comment comes every 15 seconds.',
  tags: ['platform'],
  parameters: [{ name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'string' } }],
  responses: {
    200: { description: 'A stream without end', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    401: { $ref: '#/components/responses/SignInNeeded' },
    429: { $ref: '#/components/responses/TooManyRequests' },
  },
  'x-permission': 'signed-in',
};
