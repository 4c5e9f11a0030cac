import { declaredProblems } from '@task-connect/sdk';
import type { OpenApi } from './openapi.ts';
import type { Operation, Parameter } from './openapi-operation.ts';
import type { SchemaObject } from './openapi-schemas.ts';
import { exampleOf, type Field, fieldsOf, typeOf } from './reference-schema.ts';

// The API document as a person reads it: no references to follow, schemas as rows, an example of each body. The page for
// strangers is written from it, and the console draws its own.

export type Shape = { type: string; fields: Field[] };

export type ReferenceOperation = {
  id: string;
  plugin: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  /** A permission, `signed-in`, or null: open to everybody. */
  permission: string | null;
  parameters: { name: string; in: string; required: boolean; type: string; description: string; example: unknown }[];
  body: (Shape & { example: unknown }) | null;
  /** It takes a file as it is, instead of JSON. */
  takesBytes: boolean;
  /** Without a shape where nothing comes; `shared` are problems that many operations answer. */
  answers: { status: string; description: string; shape: Shape | null; shared: boolean; stream: boolean }[];
};

export type Reference = {
  version: string;
  description: string;
  plugins: { id: string; title: string }[];
  operations: ReferenceOperation[];
  problems: { type: string; status: number; title: string }[];
};

export function referenceOf(api: OpenApi): Reference {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => digest(api, path, method.toUpperCase(), operation)),
  );
  const order = api.tags.map(({ name }) => name);
  return {
    version: api.info.version,
    description: api.info.description,
    plugins: api.tags.map(({ name, description }) => ({ id: name, title: description })),
    operations: operations.toSorted((a, b) => order.indexOf(a.plugin) - order.indexOf(b.plugin)),
    problems: declaredProblems()
      .map(({ type, status, title }) => ({ type, status, title }))
      .toSorted((a, b) => (a.type < b.type ? -1 : 1)),
  };
}

function digest(api: OpenApi, path: string, method: string, operation: Operation): ReferenceOperation {
  const named = api.components.schemas;
  const parameters = (operation.parameters ?? []).map((parameter) => resolved(api, parameter) as Parameter);
  const body = operation.requestBody?.content['application/json']?.schema;
  return {
    id: operation.operationId,
    plugin: operation.tags[0] ?? 'platform',
    method,
    path,
    summary: operation.summary,
    description: operation.description ?? null,
    permission: operation['x-permission'] ?? null,
    parameters: parameters.map(({ name, in: where, required, schema, description = '' }) => ({
      name,
      in: where,
      required,
      type: typeOf(schema),
      description,
      example: required ? exampleOf(schema, named) : null,
    })),
    body: body ? { ...shapeOf(body, named), example: exampleOf(body, named) } : null,
    takesBytes: operation.requestBody !== undefined && '*/*' in operation.requestBody.content,
    answers: Object.entries(operation.responses).map(([status, response]) => answerOf(api, status, response)),
  };
}

const shapeOf = (schema: SchemaObject, named: OpenApi['components']['schemas']): Shape => ({
  type: typeOf(schema),
  fields: fieldsOf(schema, named),
});

function answerOf(api: OpenApi, status: string, response: object): ReferenceOperation['answers'][number] {
  const { description, content = {} } = resolved(api, response) as {
    description: string;
    content?: Record<string, { schema: SchemaObject }>;
  };
  const schema = '$ref' in response ? undefined : content['application/json']?.schema;
  return {
    status: status === 'default' ? 'else' : status,
    description,
    shared: '$ref' in response,
    shape: schema ? shapeOf(schema, api.components.schemas) : null,
    stream: 'text/event-stream' in content,
  };
}

function resolved(api: OpenApi, part: object): object {
  if (!('$ref' in part)) return part;
  const [, kind, name] = String(part.$ref).match(/^#\/components\/(\w+)\/(.+)$/)!;
  return (api.components as unknown as Record<string, Record<string, object>>)[kind!]![name!]!;
}
