import { type Column, DataTable, DateTime } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './plugins.module.css';
import type { PluginDetail } from './queries.ts';

type Migration = PluginDetail['migrations'][number];

const columns: readonly Column<Migration>[] = [
  { key: 'name', title: t('Migration'), cell: ({ name }) => <code>{name}</code> },
  {
    key: 'phase',
    title: t('Phase'),
    hideBelow: 'tablet',
    cell: ({ phase }) => (phase === 'before' ? t('before the new version starts') : t('after the old version is gone')),
  },
  {
    key: 'applied',
    title: t('Applied'),
    align: 'end',
    cell: ({ appliedAt }) =>
      appliedAt ? <DateTime at={appliedAt} /> : <span className={css.warn}>{t('pending')}</span>,
  },
];

/** Its database, and the migrations that made it. */
export function PluginDatabase({ plugin }: { plugin: PluginDetail }) {
  return (
    <div className={css.panel}>
      <p className={css.facts}>
        {plugin.database ? (
          <>
            <code>{plugin.database.name}</code>
            <span>{t.rich('{size} on disk', { size: <b>{sizeText(plugin.database.sizeBytes)}</b> })}</span>
          </>
        ) : (
          t('It has no database yet: enabling it makes one.')
        )}
      </p>
      <DataTable
        label={t('Migrations')}
        columns={columns}
        rows={plugin.migrations}
        rowKey={(migration) => migration.name}
        empty={<p className={css.plain}>{t('It has no migrations.')}</p>}
      />
    </div>
  );
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000)).toLocaleString()} kB`
    : `${Math.round(bytes / 1_000_000).toLocaleString()} MB`;
