import { useMutation } from '@tanstack/react-query';
import { type ApiProblem, asProblem } from './problem.ts';
import { queryClient, readsBelow, refresh } from './query-client.ts';

/** A change of what was read, made before the server answers and taken back if it refuses. */
export type Edit = { prefix: string; update(data: unknown): unknown };

/** Edits a thing that was read by `useApi`. */
export const editOf = <Thing>(prefix: string, update: (thing: Thing) => Thing): Edit => ({
  prefix,
  update: (data) => update(data as Thing),
});

/** Edits the items of every list that was read at or below `prefix`, whatever page they are on. */
export const editItems = <Item>(prefix: string, update: (items: Item[]) => Item[]): Edit => ({
  prefix,
  update: (data) => {
    const list = data as { items?: Item[]; pages?: { items: Item[] }[] };
    if (list.pages) return { ...list, pages: list.pages.map((page) => ({ ...page, items: update(page.items) })) };
    return list.items ? { ...list, items: update(list.items) } : data;
  },
});

export type Change<Input, Output> = {
  /** Sends it; undefined when it was refused, and `problem` then says why. */
  run(input: Input): Promise<Output | undefined>;
  busy: boolean;
  problem: ApiProblem | undefined;
  /** Forgets the problem. */
  reset(): void;
};

/**
 * A change by the API, shown in the same frame where `edits` are given.
 * @example
 * const tick = useChange({
 *   send: (task: Task) => api.patch<Task>(`/api/tasks/${task.id}`, { status: 'done' }, { version: task.version }),
 *   edits: (task) => [editItems<Task>('/api/tasks', (tasks) => tasks.filter(({ id }) => id !== task.id))],
 *   refreshes: ['/api/tasks'],
 * });
 */
export function useChange<Input, Output>(change: {
  send(input: Input): Promise<Output>;
  edits?(input: Input): readonly Edit[];
  /** Paths whose readings are old afterwards. */
  refreshes?: readonly string[];
}): Change<Input, Output> {
  const mutation = useMutation<Output, Error, Input, { undo(): void }>({
    mutationFn: (input) => change.send(input),
    onMutate: async (input) => {
      const edits = change.edits?.(input) ?? [];
      // An answer that is on its way was read before this change and would undo it on the screen.
      await Promise.all(edits.map((edit) => queryClient.cancelQueries({ predicate: readsBelow(edit.prefix) })));
      const before = edits.flatMap((edit) => queryClient.getQueriesData({ predicate: readsBelow(edit.prefix) }));
      for (const edit of edits) {
        queryClient.setQueriesData({ predicate: readsBelow(edit.prefix) }, (data: unknown) =>
          data === undefined ? undefined : edit.update(data),
        );
      }
      return { undo: () => before.forEach(([key, data]) => void queryClient.setQueryData(key, data)) };
    },
    onSuccess: () => refresh(...(change.refreshes ?? [])),
    // Not waited for: where the server is away, reading again takes many seconds, and the person waits for the reason.
    onError: (_error, _input, edited) => {
      edited?.undo();
      void refresh(...(change.refreshes ?? []));
    },
  });
  return {
    run: (input) => mutation.mutateAsync(input).catch(() => undefined),
    busy: mutation.isPending,
    problem: mutation.error ? asProblem(mutation.error) : undefined,
    reset: mutation.reset,
  };
}
