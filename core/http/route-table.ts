import Router from '@koa/router';
import { type ActivePlugin, type PluginElsewhere, pluginsOf, type Registry } from '../kernel/registry.ts';
import { type CompiledRoute, compileRoute } from './compile-route.ts';

// Which route answers a path: a map of prefixes, and behind each prefix the router of the plugin that claims it. It is
// built anew when what is switched on changes, and never changed.

type Layer = ReturnType<Router['match']>['path'][number];

export type Found =
  | { route: CompiledRoute; captured: readonly string[] }
  | { route: undefined; allowed: readonly string[] };

export type RouteTable = {
  readonly generation: number;
  /** Also those that other processes serve, for the API document. */
  readonly plugins: readonly PluginElsewhere[];
  /** `path` is below /api. HEAD is answered by the route of GET. */
  find(method: string, path: string): Found;
};

type Claim = { prefix: string; router: Router; routes: Map<Layer, CompiledRoute> };

const nothing: readonly string[] = [];
const notFound: Found = { route: undefined, allowed: nothing };
// A plugin that stays on keeps its routes when others come and go.
const compiled = new WeakMap<ActivePlugin, CompiledRoute[]>();

export function makeRouteTable(registry: Registry, own: readonly CompiledRoute[]): RouteTable {
  const claims = new Map<string, Claim[]>();
  claim(
    claims,
    own.map((route) => route.path),
    own,
  );
  for (const plugin of registry.active) {
    let routes = compiled.get(plugin);
    if (!routes) {
      routes = plugin.routes.map((route) => compileRoute(plugin, route));
      compiled.set(plugin, routes);
    }
    claim(claims, plugin.plugin.contract.paths, routes);
  }
  for (const list of claims.values()) list.sort((a, b) => b.prefix.length - a.prefix.length);

  return {
    generation: registry.generation,
    plugins: pluginsOf(registry),
    find(method, path) {
      const slash = path.indexOf('/', 1);
      const list = claims.get(slash === -1 ? path : path.slice(0, slash));
      if (list === undefined) return notFound;
      for (const { prefix, router, routes } of list) {
        if (path.length === prefix.length ? path === prefix : path.startsWith(prefix) && path[prefix.length] === '/') {
          return matched(router, routes, method === 'HEAD' ? 'GET' : method, path);
        }
      }
      return notFound;
    },
  };
}

function claim(claims: Map<string, Claim[]>, prefixes: readonly string[], routes: readonly CompiledRoute[]): void {
  const router = new Router({ sensitive: true, strict: true });
  const layers = new Map<Layer, CompiledRoute>();
  // Where two fit, the one that says more words wins: /tasks/today before /tasks/:taskId.
  for (const route of routes.toSorted((a, b) => (sortKey(a.path) < sortKey(b.path) ? -1 : 1))) {
    layers.set(router.register(route.path, [route.method], async () => {}) as Layer, route);
  }
  for (const prefix of prefixes) {
    const first = `/${prefix.split('/')[1]}`;
    const list = claims.get(first);
    const entry = { prefix, router, routes: layers };
    if (list) list.push(entry);
    else claims.set(first, [entry]);
  }
}

// Sorts a parameter behind every word in its place.
const sortKey = (path: string): string => path.replaceAll(/:\w+/g, '\u{10FFFF}');

function matched(router: Router, routes: Map<Layer, CompiledRoute>, method: string, path: string): Found {
  const { path: layers, pathAndMethod } = router.match(path, method);
  const layer = pathAndMethod[0];
  if (layer === undefined) {
    return layers.length === 0
      ? notFound
      : { route: undefined, allowed: [...new Set(layers.flatMap(({ methods }) => methods))].sort() };
  }
  return { route: routes.get(layer)!, captured: layer.paramNames.length === 0 ? nothing : layer.captures(path) };
}
