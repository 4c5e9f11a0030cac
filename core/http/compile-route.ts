import type { Method, Route } from '@task-connect/sdk';
import { z } from 'zod';
import type { ActivePlugin, Reach } from '../kernel/registry.ts';
import type { Exchange } from './exchange.ts';
import {
  type BodyReader,
  bodyReader,
  type ParamsReader,
  paramsReader,
  type QueryReader,
  queryReader,
} from './input-readers.ts';
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
  takesBytes: boolean;
  /** Makes of a plain text what the body’s schema reads. */
  plainText: ((text: string) => unknown) | undefined;
  mostBytes: number;
  needsIfMatch: boolean;
  success: number;
  serialize: Serialize | undefined;
  /** The answer has a field `version`, which becomes its ETag. */
  versioned: boolean;
  /** The parameter by which a public route finds its organisation. */
  address: string | undefined;
  readParams: ParamsReader;
  readQuery: QueryReader;
  readBody: BodyReader;
  handle(request: unknown, context: unknown): Promise<unknown>;
  /** With kind `edge`: answers by itself. */
  answer?(exchange: Exchange): void | Promise<void>;
};

const mostBodyBytes = 1024 * 1024;

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
    takesBytes: route.takesBytes ?? false,
    plainText: route.plainText,
    mostBytes: route.mostBytes ?? mostBodyBytes,
    needsIfMatch: route.ifMatch === 'required',
    success: route.status ?? (returns ? 200 : 204),
    serialize: returns && compileSerializer(returns),
    versioned: isVersioned(returns),
    address: route.address,
    readParams: paramsReader(route),
    readQuery: queryReader(route.query),
    readBody: route.takesBytes ? (body) => body ?? new Uint8Array() : bodyReader(route.body),
    handle: route.handle as CompiledRoute['handle'],
  };
}

/** A field `version` that counts changes is an ETag; the version of a program is not. */
export const isVersioned = (returns: z.ZodType | undefined): boolean =>
  returns instanceof z.ZodObject && returns.shape.version instanceof z.ZodNumber;

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
    takesBytes: false,
    plainText: undefined,
    mostBytes: mostBodyBytes,
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
