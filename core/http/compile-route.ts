import { parse as parseQueryString } from 'node:querystring';
import type { Method, Route } from '@task-connect/sdk';
import { z } from 'zod';
import type { ActivePlugin, Reach } from '../kernel/registry.ts';
import type { Exchange } from './exchange.ts';
import { type Fault, readInput } from './input-faults.ts';
import { compileSerializer, type Serialize } from './serializer.ts';

// A declared route made ready, once per start of its plugin: readers for what comes in, the writer of what goes out,
// and every question that can be answered before a request asks it.

export type CompiledRoute = {
  kind: 'route' | 'stream' | 'edge';
  method: Method;
  /** Below /api, as declared: `/tasks/:taskId`. */
  path: string;
  /** The label in logs and metrics. */
  template: string;
  pluginId: string;
  /** Undefined for what the edge answers itself. */
  plugin: ActivePlugin | undefined;
  permission: string | null;
  reach: Reach;
  readOnly: boolean;
  takesBody: boolean;
  needsIfMatch: boolean;
  success: number;
  serialize: Serialize | undefined;
  /** The answer has a field `version`, which becomes its ETag. */
  versioned: boolean;
  /** The parameter by which a public route finds its organisation. */
  address: string | undefined;
  readParams(captured: readonly string[], faults: Fault[]): Record<string, unknown>;
  readQuery(search: string, faults: Fault[]): unknown;
  readBody(body: unknown, faults: Fault[]): unknown;
  handle(request: unknown, context: unknown): Promise<unknown>;
  /** With kind `edge`: answers by itself. */
  answer?(exchange: Exchange): void | Promise<void>;
};

export function compileRoute(plugin: ActivePlugin, route: Route): CompiledRoute {
  const returns = route.returns as z.ZodType | undefined;
  return {
    kind: route.kind,
    method: route.method,
    path: route.path,
    template: `/api${route.path}`,
    pluginId: plugin.id,
    plugin,
    permission: route.permission,
    reach: reachOf(plugin, route),
    readOnly: route.method === 'GET',
    takesBody: route.method !== 'GET',
    needsIfMatch: route.ifMatch === 'required',
    success: route.status ?? (returns ? 200 : 204),
    serialize: returns && compileSerializer(returns),
    versioned: returns instanceof z.ZodObject && 'version' in returns.shape,
    address: route.address,
    readParams: paramsReader(route),
    readQuery: queryReader(route.query),
    readBody: bodyReader(route.body),
    handle: route.handle as CompiledRoute['handle'],
  };
}

/** A route of the edge itself: no plugin, no transaction. */
export function ownRoute(route: {
  path: string;
  permission: 'signed-in' | null;
  answer: (exchange: Exchange) => void | Promise<void>;
}): CompiledRoute {
  return {
    kind: 'edge',
    method: 'GET',
    template: `/api${route.path}`,
    pluginId: 'platform',
    plugin: undefined,
    reach: 'member',
    readOnly: true,
    takesBody: false,
    needsIfMatch: false,
    success: 200,
    serialize: undefined,
    versioned: false,
    address: undefined,
    readParams: () => ({}),
    readQuery: queryReader(undefined),
    readBody: () => undefined,
    handle: async () => undefined,
    ...route,
  };
}

/** What an administrator’s route sees is the platform’s; what an organisation’s people may do stays within it. */
function reachOf(plugin: ActivePlugin, route: Route): Reach {
  if (route.permission === null) return 'public';
  const permission = plugin.plugin.contract.permissions?.[route.permission];
  return permission && 'platformRole' in permission ? 'operator' : 'member';
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const notUuid = 'Send a UUID, such as 0198f2b4-6c1e-7d3a-9c1e-7d3a0198f2b4.';
const notDecoded = 'Encode this part of the address as UTF-8 in percent signs (RFC 3986).';

function paramsReader(route: Pick<Route, 'path' | 'params' | 'address'>): CompiledRoute['readParams'] {
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

function queryReader(declared: z.ZodType | undefined): CompiledRoute['readQuery'] {
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

function bodyReader(declared: z.ZodType | undefined): CompiledRoute['readBody'] {
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
        pointer: path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
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
