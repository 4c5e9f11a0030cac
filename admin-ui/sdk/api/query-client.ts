import { type Query, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.ts';

const mayPass = (error: unknown) =>
  error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 502);

/** What the console has read; one for all screens. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Live hints say when something changed; this is only for what was missed.
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      networkMode: 'always',
      retry: (failures, error) => failures < 3 && mayPass(error),
    },
    mutations: { networkMode: 'always' },
  },
});

const isBelow = (path: unknown, prefix: string) =>
  typeof path === 'string' && (path === prefix || path.startsWith(`${prefix}/`));

/** Those queries of `useApi` that read `prefix` or something below it. */
export const readsBelow = (prefix: string) => (query: Query) => isBelow(query.queryKey[1], prefix);

/** Reads again what was read at or below each of these paths. */
export async function refresh(...prefixes: readonly string[]): Promise<void> {
  // A first reading that is under way was asked before the change, and invalidating alone would keep its answer.
  const isFirst = (query: Query) => query.state.data === undefined && prefixes.some((each) => readsBelow(each)(query));
  await queryClient.cancelQueries({ predicate: isFirst });
  await Promise.all(prefixes.map((prefix) => queryClient.invalidateQueries({ predicate: readsBelow(prefix) })));
}
