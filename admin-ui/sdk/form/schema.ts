/** The part of JSON Schema (2020-12) that a settings form is drawn from. */
export type JsonSchema = {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
  /** Ours: what the values of `enum` are called. */
  titles?: Readonly<Record<string, string>>;
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  anyOf?: readonly JsonSchema[];
  /** Ours: never shown again once it is saved. */
  secret?: boolean;
};

export type FieldKind =
  | 'line'
  | 'text'
  | 'secret'
  | 'number'
  | 'switch'
  | 'choice'
  | 'words'
  /** Some of a few. */
  | 'choices'
  /** An instant, typed in the person’s zone. */
  | 'moment'
  /** Any number of objects. */
  | 'list'
  | 'group'
  /** Anything that has no field of its own is written as JSON. */
  | 'json';

export type Field = {
  name: string;
  label: string;
  help?: string;
  kind: FieldKind;
  schema: JsonSchema;
  may: 'be-empty' | 'not';
};

/** The fields of an object’s schema, in its order. */
export function fieldsOf(schema: JsonSchema): Field[] {
  return Object.entries(schema.properties ?? {}).map(([name, given]) => {
    const { schema: own, nullable } = withoutNull(given);
    return {
      name,
      label: given.title ?? own.title ?? labelOf(name),
      ...((given.description ?? own.description) && { help: given.description ?? own.description }),
      kind: kindOf(own),
      schema: own,
      may: nullable || !(schema.required ?? []).includes(name) ? 'be-empty' : 'not',
    };
  });
}

function withoutNull(schema: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  const others = schema.anyOf?.filter((one) => one.type !== 'null');
  if (others?.length === 1)
    return { schema: { ...others[0], ...('default' in schema && { default: schema.default }) }, nullable: true };
  if (Array.isArray(schema.type) && schema.type.includes('null')) {
    const types = schema.type.filter((one) => one !== 'null');
    return { schema: { ...schema, type: types.length === 1 ? types[0]! : types }, nullable: true };
  }
  return { schema, nullable: false };
}

function kindOf(schema: JsonSchema): FieldKind {
  if (schema.secret) return 'secret';
  if (schema.enum?.every((value) => typeof value === 'string')) return 'choice';
  switch (schema.type) {
    case 'string':
      if (schema.format === 'date-time') return 'moment';
      return (schema.maxLength ?? 0) > 300 ? 'text' : 'line';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'switch';
    case 'array':
      if (schema.items?.enum?.every((value) => typeof value === 'string')) return 'choices';
      if (schema.items?.type === 'string') return 'words';
      return schema.items?.properties ? 'list' : 'json';
    case 'object':
      return schema.properties ? 'group' : 'json';
    default:
      return 'json';
  }
}

/** `remindBefore` → `Remind before`. */
export const labelOf = (name: string): string => {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** How many fields differ, those within groups one by one. */
export function countChanges(schema: JsonSchema, before: Values, after: Values): number {
  return fieldsOf(schema).reduce((sum, field) => {
    const [old, now] = [before[field.name], after[field.name]];
    if (field.kind === 'group') return sum + countChanges(field.schema, (old ?? {}) as Values, (now ?? {}) as Values);
    return sum + (JSON.stringify(old) === JSON.stringify(now) ? 0 : 1);
  }, 0);
}

export type Values = Record<string, unknown>;

/** A zod schema, as far as a form knows it; zod itself is not loaded for it. */
export type ZodSchema = {
  toJSONSchema(options: { io: 'input' }): unknown;
  safeParse(value: unknown): {
    success: boolean;
    error?: { issues: readonly { code?: string | undefined; path: readonly PropertyKey[]; message: string }[] };
  };
};

export const isZod = (schema: JsonSchema | ZodSchema): schema is ZodSchema => 'safeParse' in schema;

/** The JSON schema of what is typed in. */
export const jsonSchemaOf = (schema: JsonSchema | ZodSchema): JsonSchema =>
  isZod(schema) ? (schema.toJSONSchema({ io: 'input' }) as JsonSchema) : schema;

/** What a new thing of this schema begins with. */
export function beginningOf(schema: JsonSchema): Values {
  return Object.fromEntries(
    fieldsOf(schema).map((field) => [field.name, field.schema.default ?? beginningOfField(field)]),
  );
}

function beginningOfField({ kind, schema, may }: Field): unknown {
  if (may === 'be-empty') return null;
  if (kind === 'group') return beginningOf(schema);
  if (kind === 'switch') return false;
  if (kind === 'list' || kind === 'words' || kind === 'choices') return [];
  return kind === 'number' || kind === 'choice' ? null : '';
}

// zod says a time by a pattern only, since its own times may be without seconds.
const timePattern = '^(?:[01]\\d|2[0-3]):[0-5]\\d';

/** The browser’s own kind of input for a line. */
export function inputTypeOf({ format, pattern }: JsonSchema): string {
  if (format === 'time' || (format === undefined && pattern?.startsWith(timePattern))) return 'time';
  return { date: 'date', email: 'email', uri: 'url' }[format ?? ''] ?? 'text';
}
