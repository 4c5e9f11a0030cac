import { z } from 'zod';

// zod’s schemas as JSON Schema, in the one document. A schema with an id (`.meta({ id: 'Task' })`) stands once under
// components, and so does one that holds itself.

export type SchemaObject = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, SchemaObject>;
  required?: string[];
  items?: SchemaObject;
  prefixItems?: SchemaObject[];
  additionalProperties?: boolean | SchemaObject;
  anyOf?: SchemaObject[];
  oneOf?: SchemaObject[];
  allOf?: SchemaObject[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  [keyword: string]: unknown;
};

export type Schemas = {
  /** `name` is for parts that need one and have none. */
  of(schema: z.ZodType, io: 'input' | 'output', name: string, plugin?: string): SchemaObject;
  named(): Record<string, SchemaObject>;
};

export function makeSchemas(): Schemas {
  const known = new Map<string, SchemaObject>();

  /** The name under which this very schema stands; another of the same name makes it longer. */
  function nameFor(id: string, schema: SchemaObject, plugin: string, io: string): string {
    const text = JSON.stringify(schema);
    const tries = [id, io === 'input' ? `${id}Input` : id, `${plugin}.${id}`, `${plugin}.${id}.${io}`];
    for (const name of tries) {
      const there = known.get(name);
      if (there === undefined || JSON.stringify(there) === text) return name;
    }
    throw new Error(`Two schemas of ${plugin} have the id “${id}”. Give one of them another name.`);
  }

  return {
    of(schema, io, name, plugin = 'platform') {
      // In a wrapper, because the root of a schema that holds itself would be referred to as the document’s root.
      const whole = z.toJSONSchema(z.object({ it: schema }), { io, unrepresentable: 'any' }) as SchemaObject;
      const parts = (whole.$defs ?? {}) as Record<string, SchemaObject>;
      const renamed = new Map<string, string>();
      for (const [id, part] of Object.entries(parts)) {
        const wanted = id.startsWith('__') ? `${name}${id.replace('__schema', 'Part')}` : id;
        const { id: _id, ...simple } = simplified(part, io);
        parts[id] = simple;
        renamed.set(id, nameFor(wanted, simple, plugin, io));
      }
      for (const [id, part] of Object.entries(parts)) known.set(renamed.get(id)!, referring(part, renamed));
      return referring(simplified(whole.properties!.it!, io), renamed);
    },
    named: () => Object.fromEntries([...known].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Without what says nothing to a reader: patterns of known formats, what JSON numbers are, a ban on later fields. */
function simplified(schema: SchemaObject, io: 'input' | 'output'): SchemaObject {
  return mapped(schema, ({ pattern, additionalProperties, ...rest }) => {
    if (rest.minimum === Number.MIN_SAFE_INTEGER) delete rest.minimum;
    if (rest.maximum === Number.MAX_SAFE_INTEGER) delete rest.maximum;
    return {
      ...rest,
      ...(pattern !== undefined && rest.format === undefined && { pattern }),
      ...(additionalProperties !== undefined &&
        !(additionalProperties === false && io === 'output') && { additionalProperties }),
    };
  });
}

const referring = (schema: SchemaObject, renamed: ReadonlyMap<string, string>): SchemaObject =>
  mapped(schema, (object) =>
    typeof object.$ref === 'string' && object.$ref.startsWith('#/$defs/')
      ? { ...object, $ref: `#/components/schemas/${renamed.get(object.$ref.slice('#/$defs/'.length))}` }
      : object,
  );

/** Applies `change` to every schema within a schema; values that are data (defaults, examples) are left alone. */
function mapped(schema: SchemaObject, change: (schema: SchemaObject) => SchemaObject): SchemaObject {
  const inner: SchemaObject = { ...schema };
  for (const key of ['properties', 'patternProperties'] as const) {
    const fields = schema[key] as Record<string, SchemaObject> | undefined;
    if (fields) {
      inner[key] = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, mapped(field, change)]));
    }
  }
  for (const key of ['items', 'additionalProperties', 'propertyNames', 'not'] as const) {
    const part = schema[key];
    if (typeof part === 'object' && part !== null) inner[key] = mapped(part as SchemaObject, change);
  }
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const) {
    if (schema[key]) inner[key] = schema[key].map((part) => mapped(part, change));
  }
  return change(inner);
}
