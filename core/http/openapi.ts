import { type Plugin, ProblemDocument, type Route } from '@task-connect/sdk';
import { z } from 'zod';
import { makeSchemas, type SchemaObject, type Schemas } from './openapi-schemas.ts';
import { headerParameters, problemResponses, securitySchemes, sharedResponses } from './openapi-shared.ts';

// The OpenAPI 3.1 document of the routes that are on. The same routes give the same bytes: docs/openapi.json is made
// from it and compared in the check.

export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { required: boolean; content: { 'application/json': { schema: SchemaObject } } };
  responses: Record<string, object>;
  'x-permission'?: string;
};

export type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: SchemaObject;
};

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
    tags: [
      { name: 'platform', description: 'Platform' },
      ...sorted.map(({ id, plugin }) => ({ name: id, description: plugin.contract.title })),
    ],
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

const description =
  'Instants are RFC 3339 in UTC, ids are UUIDs. What is refused is answered with a problem document (RFC 9457) that says what to do. Lists give `next`, the cursor of the following page.';

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const inOrder = (operations: Record<string, Operation>): Record<string, Operation> =>
  Object.fromEntries(methods.flatMap((method) => (operations[method] ? [[method, operations[method]]] : [])));

function operationOf(plugin: string, route: Route, schemas: Schemas): Operation {
  const operationId = operationIdOf(route);
  const isPublic = route.permission === null;
  const parameters = [
    ...pathParameters(route, schemas, operationId),
    ...queryParameters(route, schemas, operationId),
    ...headersOf(route).map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
  return {
    operationId,
    summary: route.summary,
    ...(route.description && { description: route.description }),
    tags: [plugin],
    ...(isPublic && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: {
        required: !route.body.safeParse(undefined).success,
        content: { 'application/json': { schema: schemas.of(route.body, 'input', `${operationId}Body`, plugin) } },
      },
    }),
    responses: { ...successOf(route, schemas, operationId, plugin), ...problemResponses(route) },
    ...(route.permission !== null && { 'x-permission': route.permission }),
  };
}

/** `GET /tasks/:taskId` is `getTasksByTaskId`: it changes only when the address does. */
export function operationIdOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const words = path.split(/[/-]/).filter((word) => word !== '');
  const named = words.map((word) => (word.startsWith(':') ? `By${upper(word.slice(1))}` : upper(word)));
  return method.toLowerCase() + named.join('').replaceAll(/\W/g, '');
}
const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function pathParameters(route: Route, schemas: Schemas, operationId: string): Parameter[] {
  const shape = route.params instanceof z.ZodObject ? route.params.shape : {};
  return [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    schema: shape[name!]
      ? schemas.of(shape[name!] as z.ZodType, 'input', `${operationId}${upper(name!)}`)
      : name === route.address
        ? { type: 'string' }
        : { type: 'string', format: 'uuid' },
  }));
}

function queryParameters(route: Route, schemas: Schemas, operationId: string): Parameter[] {
  if (!route.query) return [];
  const whole = schemas.of(route.query, 'input', `${operationId}Query`);
  return Object.entries(whole.properties ?? {}).map(([name, { description: told, ...schema }]) => ({
    name,
    in: 'query',
    required: whole.required?.includes(name) ?? false,
    ...(told && { description: told }),
    schema,
  }));
}

function headersOf(route: Route): string[] {
  const { method, permission, ifMatch } = route;
  return [
    ...(permission === null ? [] : ['Organization']),
    ...(method === 'POST' || method === 'PATCH' ? ['IdempotencyKey'] : []),
    ...(ifMatch === 'required' ? ['IfMatchRequired'] : method === 'GET' || method === 'POST' ? [] : ['IfMatch']),
  ];
}

function successOf(route: Route, schemas: Schemas, operationId: string, plugin: string): Record<string, object> {
  if (route.kind === 'stream') {
    return { 200: { description: 'The bytes, or a stream of them', content: { '*/*': { schema: {} } } } };
  }
  const returns = route.returns as z.ZodType | undefined;
  const status = route.status ?? (returns ? 200 : 204);
  if (!returns || status === 204) return { [status]: { description: 'Done' } };
  const versioned = returns instanceof z.ZodObject && 'version' in returns.shape;
  return {
    [status]: {
      description: 'Done',
      ...(versioned && { headers: { ETag: { description: 'Its version, for If-Match', schema: { type: 'string' } } } }),
      content: { 'application/json': { schema: schemas.of(returns, 'output', `${operationId}Answer`, plugin) } },
    },
  };
}

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
