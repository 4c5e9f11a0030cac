import type { Route } from '@task-connect/sdk';
import { z } from 'zod';
import { isVersioned } from './compile-route.ts';
import type { SchemaObject, Schemas } from './openapi-schemas.ts';
import { problemResponses } from './openapi-shared.ts';

// One route as an operation of the API document.

export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { required: boolean; content: Record<string, { schema: SchemaObject }> };
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

export function operationOf(plugin: string, route: Route, schemas: Schemas): Operation {
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
        content: {
          'application/json': { schema: schemas.of(route.body, 'input', `${operationId}Body`, plugin) },
          ...(route.plainText && { 'text/plain': { schema: { type: 'string' } } }),
        },
      },
    }),
    ...(route.takesBytes && {
      requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
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
  const versioned = isVersioned(returns);
  return {
    [status]: {
      description: 'Done',
      ...(versioned && { headers: { ETag: { description: 'Its version, for If-Match', schema: { type: 'string' } } } }),
      content: { 'application/json': { schema: schemas.of(returns, 'output', `${operationId}Answer`, plugin) } },
    },
  };
}
