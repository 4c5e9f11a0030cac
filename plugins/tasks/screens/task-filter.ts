import { type Sort, setQuery, useMe, usePlace } from '@task-connect/console';
import type { TaskFilter } from './queries.ts';

export type Shown = 'open' | 'done' | 'all';

const statusesOf: Record<Shown, string> = { open: 'open,active,waiting', done: 'done,cancelled', all: '' };

/** What of the tasks is shown; it stands in the address, so that it can be sent and kept. */
export function useTaskFilter() {
  const { query } = usePlace();
  const { id } = useMe();
  const shown = (query.get('show') ?? 'open') as Shown;
  const mine = query.get('mine') === '1';
  const sort = query.get('sort') ?? 'due';
  const project = query.get('project');
  const text = query.get('text') ?? '';
  const filter: TaskFilter = {
    status: statusesOf[shown] ?? statusesOf.open,
    project,
    assignee: mine ? id : null,
    text,
    sort,
  };
  return {
    filter,
    shown,
    mine,
    project,
    text,
    sort: { key: sort.replace(/^-/, ''), descending: sort.startsWith('-') } satisfies Sort,
    isNarrowed: shown !== 'open' || mine || project !== null || text !== '',
    set: setQuery,
    setSort: ({ key, descending }: Sort) => setQuery({ sort: `${descending ? '-' : ''}${key}` }),
    clear: () => setQuery({ show: null, mine: null, project: null, text: null }),
  };
}
