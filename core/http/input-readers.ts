import { parse as parseQueryString } from 'node:querystring';
import type { Route } from '@task-connect/sdk';
import { z } from 'zod';
import { type Fault, pointerTo, readInput } from './input-faults.ts';

// Readers for what comes in, made once per route. Each adds what is wrong to the faults and goes on.

export type ParamsReader = (captured: readonly string[], faults: Fault[]) => Record<string, unknown>;
export type QueryReader = (search: string, faults: Fault[]) => unknown;
export type BodyReader = (body: unknown, faults: Fault[]) => unknown;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const notUuid = 'Send a UUID, such as 0198f2b4-6c1e-7d3a-9c1e-7d3a0198f2b4.';
const notDecoded = 'Encode this part of the address as UTF-8 in percent signs (RFC 3986).';

/** Path parameters: a UUID each, unless the route says otherwise or finds its organisation by one. */
export function paramsReader(route: Pick<Route, 'path' | 'params' | 'address'>): ParamsReader {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const schema = route.params && strict(route.params);
  return (captured, faults) => {
    const params: Record<string, unknown> = {};
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!;
      const value = decoded(captured[i]!);
      params[name] = value;
      if (value === undefined) faults.push({ pointer: `/${name}`, detail: notDecoded });
      else if (!schema && name !== route.address && !uuid.test(value)) {
        faults.push({ pointer: `/${name}`, detail: notUuid });
      }
    }
    return schema && faults.length === 0 ? (readInput(schema, params, [], faults) as typeof params) : params;
  };
}

function decoded(part: string): string | undefined {
  if (!part.includes('%')) return part;
  try {
    const text = decodeURIComponent(part);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

export function queryReader(declared: z.ZodType | undefined): QueryReader {
  const schema = declared ? strict(declared) : z.strictObject({});
  const lists = listsOf(schema);
  return (search, faults) => {
    if (search === '') return declared && readInput(schema, {}, [], faults);
    const values: Record<string, unknown> = parseQueryString(search);
    for (const name of lists) if (typeof values[name] === 'string') values[name] = [values[name]];
    if (/%00/.test(search)) addUnstorable(values, [], faults);
    const query = readInput(schema, values, [], faults);
    return declared && query;
  };
}

/** The parameters that may stand in a query more than once. */
function listsOf(schema: z.ZodType): string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, field]) => (isList(field as z.ZodType) ? [name] : []));
}

function isList(schema: z.core.$ZodType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'pipe') return isList(def.in) || isList(def.out);
  return def.type === 'array' || ('innerType' in def && isList(def.innerType as z.core.$ZodType));
}

export function bodyReader(declared: z.ZodType | undefined): BodyReader {
  // Clients like to send `{}` or null with an action that takes nothing.
  const schema = declared ? strict(declared) : z.strictObject({}).nullish();
  return (body, faults) => readInput(schema, body, [], faults);
}

/** An unknown field is a slip that its sender should hear of, whether or not the author thought of `strictObject`. */
function strict(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodObject && schema._zod.def.catchall === undefined ? schema.strict() : schema;
}

/** Adds a fault for each text that PostgreSQL cannot store, so that no schema has to remember it. */
export function addUnstorable(value: unknown, path: readonly string[], faults: Fault[]): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      faults.push({
        pointer: pointerTo(path),
        detail: 'This holds a NUL or half a character; send well-formed Unicode.',
      });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      addUnstorable(key, path, faults);
      addUnstorable(inner, [...path, key], faults);
    }
  }
}
