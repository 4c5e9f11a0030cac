import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Turns docs/openapi.json into the console's types: `Api['GET /api/me']['answer']`. A field that the API does not have
// is then a compile error. Run without arguments; `npm run reports` does, after it wrote the document.

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
};

type Content = { content?: Record<string, { schema?: Schema }> };
type Parameter = { $ref?: string; name: string; in: string; required?: boolean; schema?: Schema };
type Operation = { parameters?: Parameter[]; requestBody?: Content; responses?: Record<string, Content> };

export type OpenApi = {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
};

/** The types of every operation of an OpenAPI 3.1 document. */
export function apiTypes(document: OpenApi): string {
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => `export type ${nameOf(name)} = ${typeOf(schema)};`,
  );
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const key = JSON.stringify(`${method.toUpperCase()} ${path}`);
      return `  ${key}: { query: ${queryOf(operation)}; body: ${bodyOf(operation)}; answer: ${answerOf(operation)} };`;
    }),
  );
  return [
    '// Generated from docs/openapi.json by admin-ui/api-types.ts; do not edit.',
    ...schemas,
    `export type Api = {\n${operations.join('\n')}\n};\n`,
  ].join('\n\n');
}

const jsonOf = (content: Content | undefined): Schema | undefined => content?.content?.['application/json']?.schema;

function answerOf(operation: Operation): string {
  const success = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'));
  const schema = jsonOf(success?.[1]);
  return schema ? typeOf(schema) : 'void';
}

const bodyOf = (operation: Operation): string => {
  const schema = jsonOf(operation.requestBody);
  return schema ? typeOf(schema) : 'undefined';
};

function queryOf(operation: Operation): string {
  const inQuery = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  return objectType(
    Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema ?? {}])),
    inQuery.filter(({ required }) => required).map(({ name }) => name),
  );
}

// Beside the types of the language itself, which a schema could be called like.
const nameOf = (schema: string): string =>
  `Schema${schema.charAt(0).toUpperCase()}${schema.slice(1).replaceAll(/\W/g, '_')}`;

function typeOf(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref.split('/').at(-1)!);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices.map(typeOf));
  if (schema.allOf) return schema.allOf.map(typeOf).join(' & ');
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type })));
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `(${typeOf(schema.items ?? {})})[]`;
    case 'object': {
      if (schema.properties) return objectType(schema.properties, schema.required ?? []);
      const { additionalProperties: others } = schema;
      return `{ [key: string]: ${typeof others === 'object' ? typeOf(others) : 'unknown'} }`;
    }
    default:
      return 'unknown';
  }
}

const objectType = (properties: Record<string, Schema>, required: readonly string[]): string => {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
  return fields.length === 0 ? 'Record<never, never>' : `{ ${fields.join('; ')} }`;
};

const union = (types: readonly string[]): string => [...new Set(types)].join(' | ');

/** Where the types are kept. */
export const generated = fileURLToPath(new URL('./src/api/schema.gen.ts', import.meta.url));

/** What they are made of. */
export const source = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));

if (import.meta.main) {
  if (existsSync(source)) writeFileSync(generated, apiTypes(JSON.parse(readFileSync(source, 'utf8'))));
  else {
    process.stderr.write(
      'There is no docs/openapi.json. Run “npm run reports”, which writes it and then these types.\n',
    );
    process.exitCode = 1;
  }
}
