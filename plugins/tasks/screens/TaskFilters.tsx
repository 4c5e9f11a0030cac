import { FilterBar, FilterMenu, FilterText, FilterToggle } from '@task-connect/console';
import type { ReactNode } from 'react';
import { useProjects } from './queries.ts';
import { t } from './t.ts';
import { useTaskFilter } from './task-filter.ts';

const searchFor = (set: (changes: Record<string, string | null>) => void) => (text: string) => set({ text });

/** The filters of list and board. */
export function TaskFilters({ note, withStatus }: { note?: ReactNode; withStatus: boolean }) {
  const { shown, mine, project, text, set } = useTaskFilter();
  const projects = useProjects() ?? [];
  return (
    <FilterBar note={note}>
      <FilterText value={text} onChange={searchFor(set)} />
      {withStatus && (
        <FilterMenu
          label={t('Status')}
          value={shown === 'open' ? null : shown}
          all={t('Open')}
          options={[
            { value: 'done', title: t('Done') },
            { value: 'all', title: t('All') },
          ]}
          onChange={(show) => set({ show })}
        />
      )}
      {projects.length > 0 && (
        <FilterMenu
          label={t('Project')}
          value={project}
          all={t('Any project')}
          options={[
            { value: 'none', title: t('Without a project') },
            ...projects.map(({ id, name }) => ({ value: id, title: name })),
          ]}
          onChange={(value) => set({ project: value })}
        />
      )}
      <FilterToggle title={t('Mine')} on={mine} onChange={(on) => set({ mine: on ? '1' : null })} />
    </FilterBar>
  );
}
