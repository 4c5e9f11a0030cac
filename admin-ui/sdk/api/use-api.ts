import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useLive } from '../live/use-live.ts';
import { api, type Query } from './client.ts';
import { type ApiProblem, asProblem } from './problem.ts';
import { refresh } from './query-client.ts';

export type Reading = {
  query?: Query;
  /** Live hints after which it is read again. */
  live?: readonly string[];
  /** Reads again every so many milliseconds while the tab is looked at. */
  every?: number;
};

export type Read<Answer> = {
  /** Undefined until the first answer; afterwards the last good one stays while it is read again. */
  data: Answer | undefined;
  problem: ApiProblem | undefined;
  /** Nothing to show yet. */
  loading: boolean;
  refresh(): void;
};

export type Page<Item> = { items: Item[]; next: string | null; total?: number };

const keyOf = (path: string | null, reading: Reading) => ['api', path, reading.query ?? {}];

/**
 * Reads from the API and keeps it fresh. A path of null waits.
 * @example const { data, problem, loading } = useApi<Task>(`/api/tasks/${id}`, { live: ['task-changed'] });
 */
export function useApi<Answer>(path: string | null, reading: Reading = {}): Read<Answer> {
  useLive(reading.live ?? [], () => void (path && refresh(path)));
  const query = useQuery({
    queryKey: keyOf(path, reading),
    queryFn: ({ signal }) => api.get<Answer>(path!, { ...(reading.query && { query: reading.query }), signal }),
    enabled: path !== null,
    refetchInterval: reading.every ?? false,
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[1] === path ? keepPreviousData(previous) : undefined,
  });
  return {
    data: query.data,
    problem: query.error ? asProblem(query.error) : undefined,
    loading: query.data === undefined && !query.error && path !== null,
    refresh: () => void query.refetch(),
  };
}

export type ReadPages<Item> = Read<Item[]> & {
  /** Undefined unless it was asked for with `count`. */
  total: number | undefined;
  /** Reads the next page; undefined at the end. */
  more: (() => void) | undefined;
  /** Reads all of it from the beginning, for a file: `csv={{ file: 'tasks', rows: tasks.all }}`. */
  all(): Promise<Item[]>;
};

/** Reads a list to its end, page after page. */
async function readAll<Item>(path: string, query: Query = {}): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.get<Page<Item>>(path, { query: { ...query, cursor } });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

/** Reads a list page by page; `data` is all that was read so far. */
export function useApiPages<Item>(path: string | null, reading: Reading = {}): ReadPages<Item> {
  useLive(reading.live ?? [], () => void (path && refresh(path)));
  const query = useInfiniteQuery({
    queryKey: [...keyOf(path, reading), 'pages'],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Item>>(path!, { query: { ...reading.query, cursor: pageParam }, signal }),
    enabled: path !== null,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[1] === path ? keepPreviousData(previous) : undefined,
  });
  return {
    data: query.data?.pages.flatMap((page) => page.items),
    total: query.data?.pages[0]?.total,
    problem: query.error ? asProblem(query.error) : undefined,
    loading: query.data === undefined && !query.error && path !== null,
    refresh: () => void query.refetch(),
    all: () => (path === null ? Promise.resolve([]) : readAll<Item>(path, reading.query)),
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : undefined,
  };
}
