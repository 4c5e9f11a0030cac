import { translator } from '../words/t.ts';
import { type Field, fieldsOf, isZod, type JsonSchema, type Values, type ZodSchema } from './schema.ts';

const t = translator('console');

/** What is wrong with a value and how to mend it; the server looks again at all of it. */
export function faultOf(field: Field, value: unknown): string | undefined {
  const { schema } = field;
  if (value === undefined || value === null || value === '') {
    if (field.may === 'be-empty' || field.kind === 'secret') return undefined;
    return value === '' && schema.minLength === undefined && schema.format === undefined && schema.pattern === undefined
      ? undefined
      : t('This is needed.');
  }
  if (Array.isArray(value)) return faultOfList(schema, value);
  if (typeof value === 'number') return faultOfNumber(schema, value);
  if (typeof value === 'string' && field.kind !== 'choice') return faultOfText(schema, value);
  return undefined;
}

function faultOfList({ minItems, maxItems }: JsonSchema, value: readonly unknown[]): string | undefined {
  if (minItems !== undefined && value.length < minItems)
    return t({ one: 'Give at least one.', other: 'Give at least {count}.' }, { count: minItems });
  if (maxItems !== undefined && value.length > maxItems)
    return t({ one: 'Give one at most.', other: 'Give at most {count}.' }, { count: maxItems });
  return undefined;
}

/** All that is wrong, by JSON Pointer, within groups and lists too. */
export function faultsOf(schema: JsonSchema, values: Values, at = ''): Map<string, string> {
  const faults = new Map<string, string>();
  for (const field of fieldsOf(schema)) {
    const pointer = `${at}/${field.name}`;
    const value = values[field.name];
    const fault = field.kind === 'group' ? undefined : faultOf(field, value);
    if (fault) faults.set(pointer, fault);
    if (field.kind === 'group' && value !== null)
      for (const [inner, detail] of faultsOf(field.schema, (value ?? {}) as Values, pointer)) faults.set(inner, detail);
    if (field.kind === 'list' && Array.isArray(value))
      for (const [index, item] of value.entries())
        for (const [inner, detail] of faultsOf(field.schema.items!, item as Values, `${pointer}/${index}`))
          faults.set(inner, detail);
  }
  return faults;
}

/** What the schema’s own rules say (`refine`), by JSON Pointer; what JSON Schema can say is said in our words. */
export function ruleFaults(schema: JsonSchema | ZodSchema, values: Values, at = ''): Map<string, string> {
  if (!isZod(schema)) return new Map();
  const issues = schema.safeParse(values).error?.issues ?? [];
  const own = issues.filter(({ code }) => code === 'custom');
  return new Map(own.map(({ path, message }) => [[at, ...path.map(String)].join('/'), message]));
}

function faultOfNumber(schema: JsonSchema, value: number): string | undefined {
  if (schema.type === 'integer' && !Number.isInteger(value)) return t('Give a whole number.');
  const least = schema.minimum ?? (schema.exclusiveMinimum === undefined ? undefined : schema.exclusiveMinimum + 1);
  // zod writes the largest safe integer where no bound was given.
  if (least !== undefined && value < least) return t('Give {least} or more.', { least });
  if (schema.maximum !== undefined && value > schema.maximum)
    return t('Give {most} or less.', { most: schema.maximum });
  return undefined;
}

function faultOfText(schema: JsonSchema, value: string): string | undefined {
  if (schema.minLength && value.length < schema.minLength)
    return t('Give at least {n} characters.', { n: schema.minLength });
  if (schema.maxLength && value.length > schema.maxLength)
    return t('Give at most {n} characters.', { n: schema.maxLength });
  if (schema.format === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value))
    return t('Give an address such as name@example.org.');
  if (schema.format === 'uri' && !URL.canParse(value)) return t('Give an address such as https://example.org/.');
  if (schema.pattern && !fits(schema.pattern, value)) return t('This does not have the form that is asked for.');
  return undefined;
}

// A pattern that this browser does not know is left to the server.
function fits(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}
