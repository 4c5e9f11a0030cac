import { declareProblem } from '@task-connect/sdk';
import type { Step } from '../exchange.ts';
import type { RouteTable } from '../route-table.ts';

const NoSuchRoute = declareProblem({
  type: 'no-such-route',
  status: 404,
  title: 'Not found',
  detail: (f: { method: string; path: string }) =>
    `Nothing answers ${f.method} ${f.path} here. Either the address is mistyped or its plugin is switched off; /api/docs lists what there is.`,
});

const MethodNotAllowed = declareProblem({
  type: 'method-not-allowed',
  status: 405,
  title: 'This method is not taken here',
  detail: (f: { method: string; allowed: readonly string[] }) =>
    `${f.method} is not taken here. Use ${f.allowed.join(', ')}.`,
  headers: (f) => ({ Allow: f.allowed.join(', ') }),
});

/** Finds the route, and enters its plugin: from here on the request is one of those that switching it off waits for. */
export function findRoute(table: () => RouteTable): Step {
  return (exchange) => {
    const { method, path } = exchange;
    const found = table().find(method, path.slice(4));
    if (found.route === undefined) {
      const { allowed } = found;
      if (allowed.length === 0) throw new NoSuchRoute({ method, path: `/api${path.slice(4)}` });
      if (method !== 'OPTIONS') throw new MethodNotAllowed({ method, allowed });
      exchange.status = 204;
      exchange.answer.push('Allow', allowed.join(', '));
      exchange.answered = true;
      return;
    }
    const { route, captured } = found;
    if (route.plugin !== undefined) {
      exchange.leave = route.plugin.enter();
      if (exchange.leave === undefined) throw new NoSuchRoute({ method, path });
    }
    exchange.route = route;
    exchange.captured = captured;
  };
}
