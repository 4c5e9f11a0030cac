import '../../operator-font.ts';
import { Button, type Column, DataTable, DateTime, EmptyState, Page, Problem } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import { AuditFilters, clearFilters, useAuditFilter } from './AuditFilters.tsx';
import { AuditPanel } from './AuditPanel.tsx';
import { actionTitle } from './action-title.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { type AuditEntry, useAudit } from './queries.ts';

const columns: readonly Column<AuditEntry>[] = [
  { key: 'action', title: t('Action'), cell: ({ action }) => actionTitle(action), text: ({ action }) => action },
  { key: 'subject', title: t('On what'), hideBelow: 'tablet', cell: ({ subject }) => <code>{subject}</code> },
  { key: 'who', title: t('Who'), cell: ({ actorName }) => actorName || t('the platform') },
  { key: 'plugin', title: t('Plugin'), hidden: true, cell: ({ plugin }) => plugin },
  { key: 'address', title: t('From'), hideBelow: 'desk', cell: ({ address }) => address },
  { key: 'at', title: t('When'), align: 'end', cell: ({ at }) => <DateTime at={at} />, text: ({ at }) => at },
];

/** Who changed what on the platform, the newest first; nothing in it can be changed. */
export function Audit() {
  const filter = useAuditFilter();
  const entries = useAudit(filter);
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const isFiltered = Object.values(filter).some(Boolean);
  return (
    <Page
      title={t('Audit')}
      path={[{ title: t('Platform') }]}
      summary={t('Every change by an administrator, with what was before and after. Nothing here can be changed.')}
      actions={<ExportMenu filter={filter} />}
      fill
    >
      <AuditFilters filter={filter} actorName={entries.data?.[0]?.actorName} />
      <Problem problem={entries.problem} retry={entries.refresh} />
      {!entries.problem && (
        <DataTable<AuditEntry>
          name="audit"
          label={t('Audit')}
          columns={columns}
          rows={entries.data}
          rowKey={(entry) => String(entry.id)}
          onOpen={(entry) => setOpen(entry)}
          mark={(entry) => (entry.id === open?.id ? 'open' : undefined)}
          more={entries.more}
          empty={isFiltered ? <NothingLikeThat /> : <NothingYet />}
        />
      )}
      {open && <AuditPanel entry={open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function NothingLikeThat() {
  return (
    <EmptyState
      icon="history"
      title={t('No change is like that')}
      actions={<Button onClick={clearFilters}>{t('Clear the filters')}</Button>}
    >
      {t('The filters above hide everything.')}
    </EmptyState>
  );
}

function NothingYet() {
  return (
    <EmptyState icon="history" title={t('Nothing yet')}>
      {t('Enable a plugin, and the first line stands here.')}
    </EmptyState>
  );
}
