import type { SchemaObject } from './openapi-schemas.ts';

// A schema as a person reads it: a type in words, a row per field, an example.

type Named = Record<string, SchemaObject>;
export type Field = { name: string; depth: number; type: string; required: boolean; description: string };

const deepest = 5;

export function typeOf(schema: SchemaObject): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1)!;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return [...new Set(options.map(typeOf))].join(' | ');
  if (schema.allOf) return schema.allOf.map(typeOf).join(' & ');
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'anything');
  if (type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'anything'}`;
  return `${schema.format ?? type}${boundsOf(schema)}`;
}

function boundsOf(schema: SchemaObject): string {
  const { minLength, maxLength, minimum, maximum } = schema;
  const [from, to] = schema.type === 'string' ? [minLength, maxLength] : [minimum, maximum];
  const far = (bound: unknown) => typeof bound !== 'number' || Math.abs(bound) >= Number.MAX_SAFE_INTEGER;
  if (far(from) && far(to)) return '';
  return far(to) ? `, from ${from}` : far(from) ? `, up to ${to}` : `, ${from} to ${to}`;
}

/** The fields of an object and of what it holds, in the order of declaration. */
export function fieldsOf(schema: SchemaObject, named: Named, depth = 0): Field[] {
  const object = objectIn(schema, named);
  if (!object || depth > deepest) return [];
  return Object.entries(object.properties ?? {}).flatMap(([name, field]) => [
    {
      name,
      depth,
      type: typeOf(field) + (field.default === undefined ? '' : `, ${JSON.stringify(field.default)} when not given`),
      required: object.required?.includes(name) ?? false,
      description: field.description ?? '',
    },
    ...fieldsOf(field, named, depth + 1),
  ]);
}

/** The object that a schema is, refers to, lists, or has as its only object among options. */
function objectIn(schema: SchemaObject, named: Named): SchemaObject | undefined {
  if (schema.$ref) return objectIn(named[typeOf(schema)] ?? {}, named);
  if (schema.properties) return schema;
  if (schema.items) return objectIn(schema.items, named);
  const options = schema.anyOf ?? schema.oneOf ?? [];
  const objects = options.map((option) => objectIn(option, named)).filter((object) => object !== undefined);
  return objects.length === 1 ? objects[0] : undefined;
}

/** A value that fits; the examples and defaults of the schema where it has them. */
export function exampleOf(schema: SchemaObject, named: Named, depth = 0): unknown {
  if (schema.examples?.length) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (depth > deepest) return null;
  if (schema.$ref) return exampleOf(named[typeOf(schema)] ?? {}, named, depth + 1);
  const first = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (first) return exampleOf(first, named, depth + 1);
  if (schema.properties) {
    const needed = schema.required ?? Object.keys(schema.properties).slice(0, 1);
    return Object.fromEntries(
      needed.map((name) => [name, exampleOf(schema.properties![name] ?? {}, named, depth + 1)]),
    );
  }
  return simpleExamples[schema.format ?? String(schema.type)] ?? simpleExamples[String(schema.type)] ?? null;
}

const simpleExamples: Record<string, unknown> = {
  uuid: '0198f2b4-6c1e-7d3a-9c1e-7d3a0198f2b4',
  date: '2027-03-14',
  'date-time': '2027-03-14T09:30:00Z',
  email: 'wanda@example.org',
  uri: 'https://example.org',
  string: 'text',
  integer: 1,
  number: 1,
  boolean: true,
  array: [],
  object: {},
};
