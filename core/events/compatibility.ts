import { z } from 'zod';

// Whether a provider still gives what a consumer reads. Both say it as schemas; compared is their JSON Schema, field by
// field: a consumer may read less than there is, never more.

type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
};

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema;

const kindsOf = (schema: Schema): string[] => {
  if (schema.anyOf) return schema.anyOf.flatMap(kindsOf);
  const kinds = schema.type ?? (schema.const === undefined ? 'any' : typeof schema.const);
  return Array.isArray(kinds) ? kinds : [kinds];
};

const fits = (given: string, taken: string[]) =>
  given === 'any' ||
  taken.includes('any') ||
  taken.includes(given) ||
  (given === 'integer' && taken.includes('number'));

function compare(given: Schema, taken: Schema, path: string, faults: string[]): void {
  const takenKinds = kindsOf(taken);
  const extra = kindsOf(given).filter((kind) => !fits(kind, takenKinds));
  if (extra.length > 0)
    faults.push(`${path || 'it'} may be ${extra.join(' or ')}, and ${takenKinds.join(' or ')} is read`);
  for (const [name, wanted] of Object.entries(taken.properties ?? {})) {
    const found = given.properties?.[name];
    const at = path ? `${path}.${name}` : name;
    if (!found) {
      if (taken.required?.includes(name)) faults.push(`${at} is not given`);
    } else {
      if (taken.required?.includes(name) && !given.required?.includes(name)) faults.push(`${at} may be missing`);
      compare(found, wanted, at, faults);
    }
  }
  if (taken.items && given.items) compare(given.items, taken.items, `${path}[]`, faults);
}

/** What stands against reading `taken` from `given`; empty when nothing does. */
export function faultsOfReading(given: z.ZodType, taken: z.ZodType): string[] {
  const faults: string[] = [];
  compare(jsonSchema(given, 'output'), jsonSchema(taken, 'input'), '', faults);
  return faults;
}
