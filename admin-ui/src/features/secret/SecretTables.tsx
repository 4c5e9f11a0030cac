import { type Column, DataTable, DateTime, Section } from '@task-connect/console';
import { t } from '../../t.ts';
import type { SecretDetail } from './queries.ts';
import css from './secret.module.css';

type Version = SecretDetail['versions'][number];
type Use = SecretDetail['uses'][number];

const versionColumns: readonly Column<Version>[] = [
  {
    key: 'version',
    title: t('Version'),
    cell: ({ version, deleted }) => (deleted ? t('{version}, deleted', { version }) : version),
  },
  { key: 'by', title: t('Written by'), cell: ({ by }) => by ?? t('the platform') },
  { key: 'at', title: t('When'), align: 'end', cell: ({ createdAt }) => <DateTime at={createdAt} /> },
];

const useColumns: readonly Column<Use>[] = [
  { key: 'by', title: t('By'), cell: ({ usedBy }) => usedBy },
  { key: 'process', title: t('Where'), hideBelow: 'desk', cell: ({ process }) => process },
  { key: 'at', title: t('Last used'), align: 'end', cell: ({ at }) => <DateTime at={at} /> },
];

/** Who wrote it, and when. */
export function SecretVersions({ secret }: { secret: SecretDetail }) {
  return (
    <Section title={t('Versions')} note={t('the last ten are kept')}>
      <DataTable<Version>
        quiet
        label={t('Versions')}
        columns={versionColumns}
        rows={secret.versions}
        rowKey={({ version }) => String(version)}
        empty={<p className={css.plain}>{t('There is none yet.')}</p>}
      />
    </Section>
  );
}

/** Who would find it missing. */
export function SecretUses({ secret }: { secret: SecretDetail }) {
  return (
    <Section title={t('Used by')}>
      <DataTable<Use>
        quiet
        label={t('Used by')}
        columns={useColumns}
        rows={secret.uses}
        rowKey={({ usedBy }) => usedBy}
        empty={<p className={css.plain}>{t('Nobody yet. Whoever reads it stands here a minute later.')}</p>}
      />
    </Section>
  );
}
