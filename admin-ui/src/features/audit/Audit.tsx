import '../../operator-font.ts';
import {
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  FilterBar,
  FilterText,
  Page,
  Problem,
  setQuery,
  usePlace,
} from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import { AuditPanel } from './AuditPanel.tsx';
import { type AuditEntry, useAudit } from './queries.ts';

const columns: readonly Column<AuditEntry>[] = [
  { key: 'action', title: t('Action'), cell: ({ action }) => <code>{action}</code> },
  { key: 'subject', title: t('On what'), cell: ({ subject }) => subject },
  { key: 'who', title: t('Who'), hideBelow: 'tablet', cell: ({ actorName }) => actorName },
  { key: 'address', title: t('From'), hideBelow: 'desk', cell: ({ address }) => address },
  { key: 'at', title: t('When'), align: 'end', cell: ({ at }) => <DateTime at={at} /> },
];

const searchFor = (action: string) => setQuery({ action });

/** Who changed what on the platform, the newest first; nothing in it can be changed. */
export function Audit() {
  const action = usePlace().query.get('action') ?? '';
  const entries = useAudit(action);
  const [open, setOpen] = useState<AuditEntry | null>(null);
  return (
    <Page
      title={t('Audit')}
      path={[{ title: t('Platform') }]}
      summary={t('Every change by an administrator, with what was before and after. Nothing here can be changed.')}
      fill
    >
      <FilterBar>
        <FilterText value={action} onChange={searchFor} hint={t('Action')} />
      </FilterBar>
      <Problem problem={entries.problem} retry={entries.refresh} />
      {!entries.problem && (
        <DataTable<AuditEntry>
          label={t('Audit')}
          columns={columns}
          rows={entries.data}
          rowKey={(entry) => String(entry.id)}
          onOpen={(entry) => setOpen(entry)}
          mark={(entry) => (entry.id === open?.id ? 'open' : undefined)}
          more={entries.more}
          empty={
            <EmptyState icon="history" title={action ? t('No such action') : t('Nothing yet')}>
              {action
                ? t('Give the whole name of an action, such as plugin.enabled.')
                : t('Enable a plugin, and the first line stands here.')}
            </EmptyState>
          }
        />
      )}
      {open && <AuditPanel entry={open} onClose={() => setOpen(null)} />}
    </Page>
  );
}
