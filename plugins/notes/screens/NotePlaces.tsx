import { FilterText, Link, setQuery, usePlace } from '@task-connect/console';
import { useCallback } from 'react';
import { useLabels } from './queries.ts';
import { t } from './t.ts';
import css from './wall.module.css';

const mostLabels = 5;

/** Which notes the wall shows: all, a label, shared ones, the archive, the trash, or what a search finds. */
export function NotePlaces() {
  const { query } = usePlace();
  const { data } = useLabels();
  const place = query.get('in');
  const label = query.get('label');
  const text = query.get('text') ?? '';
  const search = useCallback((value: string) => setQuery({ text: value }), []);
  const chip = (title: string, to: string, on: boolean, count?: number) => (
    <Link key={to} to={to} aria-current={on ? 'page' : undefined}>
      {title} {count !== undefined && <b>{count}</b>}
    </Link>
  );
  const labels = data?.items.slice(0, mostLabels) ?? [];
  const shown =
    label && !labels.some(({ name }) => name === label) ? [{ name: label, notes: undefined }, ...labels] : labels;
  return (
    <nav className={css.places} aria-label={t('Which notes')}>
      {chip(t('All'), '/notes', !place && !label && text === '', data?.notes)}
      {shown.map(({ name, notes }) => chip(name, `/notes?label=${encodeURIComponent(name)}`, name === label, notes))}
      {chip(t('Shared'), '/notes?in=shared', place === 'shared', data?.shared)}
      <span className={css.end}>
        <FilterText value={text} onChange={search} hint={t('Search notes')} />
        {chip(t('Labels'), '/notes/labels', false)}
        {chip(t('Archive'), '/notes?in=archive', place === 'archive')}
        {chip(t('Trash'), '/notes?in=trash', place === 'trash')}
      </span>
    </nav>
  );
}
