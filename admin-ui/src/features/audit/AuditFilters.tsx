import { FilterBar, FilterMenu, FilterText, FilterToggle, setQuery, usePlace } from '@task-connect/console';
import { useMemo } from 'react';
import { t } from '../../t.ts';
import { actionTitle } from './action-title.ts';
import { type AuditFilter, useActions, useOrganisationNames, usePluginNames } from './queries.ts';

const spans = [
  { value: '1', title: t('the last 24 hours') },
  { value: '7', title: t('the last 7 days') },
  { value: '30', title: t('the last 30 days') },
  { value: '365', title: t('the last year') },
];

/** The filter of the address; times are counted from when it was chosen. */
export function useAuditFilter(): AuditFilter {
  const { query } = usePlace();
  const days = query.get('days');
  const from = useMemo(
    () =>
      days
        ? Temporal.Now.instant()
            .subtract({ hours: 24 * Number(days) })
            .toString()
        : null,
    [days],
  );
  return {
    text: query.get('text'),
    action: query.get('action'),
    plugin: query.get('plugin'),
    organisation: query.get('organisation'),
    actor: query.get('actor'),
    from,
  };
}

const searchFor = (text: string) => setQuery({ text });

/** Who, what, of which plugin and organisation, and when. */
export function AuditFilters({ filter, actorName }: { filter: AuditFilter; actorName: string | undefined }) {
  const actions = useActions();
  const plugins = usePluginNames();
  const organisations = useOrganisationNames();
  const days = usePlace().query.get('days');
  return (
    <FilterBar>
      <FilterText value={filter.text ?? ''} onChange={searchFor} hint={t('Who or what')} />
      <FilterMenu
        label={t('Action')}
        value={filter.action ?? null}
        options={actions.map((action) => ({ value: action, title: actionTitle(action) }))}
        all={t('any action')}
        onChange={(action) => setQuery({ action })}
      />
      <FilterMenu
        label={t('Plugin')}
        value={filter.plugin ?? null}
        options={plugins.map(({ id, title }) => ({ value: id, title }))}
        all={t('any plugin')}
        onChange={(plugin) => setQuery({ plugin })}
      />
      <FilterMenu
        label={t('Organisation')}
        value={filter.organisation ?? null}
        options={organisations.map(({ id, name }) => ({ value: id, title: name }))}
        all={t('any organisation')}
        onChange={(organisation) => setQuery({ organisation })}
      />
      <FilterMenu
        label={t('When')}
        value={days}
        options={spans}
        all={t('at any time')}
        onChange={(chosen) => setQuery({ days: chosen })}
      />
      {filter.actor && (
        <FilterToggle
          title={t('By {person}', { person: actorName ?? t('one person') })}
          on
          onChange={() => setQuery({ actor: null })}
        />
      )}
    </FilterBar>
  );
}

export const clearFilters = (): void =>
  setQuery({ text: null, action: null, plugin: null, organisation: null, actor: null, days: null });
