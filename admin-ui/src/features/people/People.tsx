import {
  Button,
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  FilterBar,
  FilterText,
  Icon,
  Page,
  Person,
  Problem,
  Status,
  setQuery,
  usePlace,
} from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { NewAccountPanel } from './NewAccountPanel.tsx';
import { type Account, useAccounts, useChangeAccount } from './queries.ts';

const columns: readonly Column<Account>[] = [
  { key: 'name', title: t('Person'), cell: ({ name }) => <Person name={name} /> },
  { key: 'address', title: t('Address'), hideBelow: 'tablet', cell: ({ address }) => address },
  {
    key: 'state',
    title: t('State'),
    cell: ({ active, addressVerified }) =>
      active ? (
        <Status kind="ok">{addressVerified ? t('active') : t('address not verified')}</Status>
      ) : (
        <Status kind="off">{t('deactivated')}</Status>
      ),
  },
  {
    key: 'roles',
    title: t('Runs the platform'),
    hideBelow: 'desk',
    cell: ({ platformRoles }) => (platformRoles.includes('administrator') ? t('yes') : ''),
  },
  {
    key: 'seen',
    title: t('Last seen'),
    align: 'end',
    hideBelow: 'tablet',
    cell: ({ lastSeenAt }) => (lastSeenAt ? <DateTime at={lastSeenAt} /> : t('never')),
  },
];

const searchFor = (text: string) => setQuery({ text });

/** Every account of the platform. */
export function People() {
  const text = usePlace().query.get('text') ?? '';
  const accounts = useAccounts(text);
  const change = useChangeAccount();
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t('People')}
      path={[{ title: t('Platform') }]}
      summary={
        accounts.total !== undefined &&
        t(
          { one: 'One account on this platform.', other: '{count} accounts on this platform.' },
          { count: accounts.total },
        )
      }
      actions={
        <Button variant="filled" leftSection={<Icon name="user-plus" size={15} />} onClick={() => setAdding(true)}>
          {t('New person')}
        </Button>
      }
      fill
    >
      <FilterBar>
        <FilterText value={text} onChange={searchFor} />
      </FilterBar>
      <Problem problem={change.problem ?? accounts.problem} retry={accounts.refresh} />
      {!accounts.problem && (
        <DataTable<Account>
          label={t('People')}
          columns={columns}
          rows={accounts.data}
          rowKey={(account) => account.id}
          more={accounts.more}
          actions={(account) => <AccountMenu account={account} change={change.run} />}
          empty={<EmptyState icon="users" title={t('Nobody is called so')} />}
        />
      )}
      {adding && <NewAccountPanel onClose={() => setAdding(false)} />}
    </Page>
  );
}
