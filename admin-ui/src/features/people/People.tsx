import {
  api,
  Button,
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  FilterBar,
  FilterMenu,
  FilterText,
  FilterToggle,
  Icon,
  Page,
  Person,
  Problem,
  setQuery,
  usePlace,
} from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import { AccountState } from './AccountState.tsx';
import { NewAccountPanel } from './NewAccountPanel.tsx';
import { PeopleTabs } from './PeopleTabs.tsx';
import { type Account, type AccountFilter, useAccounts } from './queries.ts';

const columns: readonly Column<Account>[] = [
  { key: 'name', title: t('Person'), cell: ({ name }) => <Person name={name} />, text: ({ name }) => name },
  { key: 'address', title: t('Address'), hideBelow: 'tablet', cell: ({ address }) => address },
  { key: 'state', title: t('State'), cell: (account) => <AccountState account={account} /> },
  {
    key: 'roles',
    title: t('Runs the platform'),
    hideBelow: 'desk',
    cell: ({ platformRoles }) => (platformRoles.includes('administrator') ? t('yes') : ''),
  },
  {
    key: 'created',
    title: t('Since'),
    align: 'end',
    hidden: true,
    cell: ({ createdAt }) => <DateTime at={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
  {
    key: 'seen',
    title: t('Last seen'),
    align: 'end',
    hideBelow: 'tablet',
    cell: ({ lastSeenAt }) => (lastSeenAt ? <DateTime at={lastSeenAt} /> : t('never')),
    text: ({ lastSeenAt }) => lastSeenAt ?? '',
  },
];

const states = [
  { value: 'active', title: t('active') },
  { value: 'deactivated', title: t('deactivated') },
  { value: 'unverified', title: t('address not verified') },
];

const searchFor = (text: string) => setQuery({ text });

function useFilter(): AccountFilter & { state: string | null } {
  const { query } = usePlace();
  const state = query.get('state');
  return {
    text: query.get('text') ?? '',
    state,
    ...(state === 'active' && { active: true }),
    ...(state === 'deactivated' && { active: false }),
    ...(state === 'unverified' && { verified: false }),
    ...(query.get('role') && { role: 'administrator' }),
  };
}

/** Every account of the platform. */
export function People() {
  const { state, ...filter } = useFilter();
  const accounts = useAccounts(filter);
  const [adding, setAdding] = useState(false);
  const isFiltered = filter.text !== '' || state !== null || filter.role !== undefined;
  return (
    <Page
      title={t('People')}
      path={[{ title: t('Platform') }]}
      summary={
        !isFiltered &&
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
      <PeopleTabs />
      <FilterBar>
        <FilterText value={filter.text} onChange={searchFor} hint={t('Name or address')} />
        <FilterMenu
          label={t('State')}
          value={state}
          options={states}
          all={t('any state')}
          onChange={(value) => setQuery({ state: value })}
        />
        <FilterToggle
          title={t('Runs the platform')}
          on={filter.role !== undefined}
          onChange={(on) => setQuery({ role: on ? 'administrator' : null })}
        />
      </FilterBar>
      <Problem problem={accounts.problem} retry={accounts.refresh} />
      {!accounts.problem && (
        <DataTable<Account>
          name="people"
          label={t('People')}
          columns={columns}
          rows={accounts.data}
          rowKey={(account) => account.id}
          to={(account) => `/platform/people/${account.id}`}
          more={accounts.more}
          total={accounts.total}
          csv={{ file: 'people', rows: () => allAccounts(filter) }}
          empty={
            <EmptyState
              icon="users"
              title={t('Nobody is like that')}
              actions={
                <Button onClick={() => setQuery({ text: null, state: null, role: null })}>
                  {t('Clear the filters')}
                </Button>
              }
            >
              {t('The filters above hide everybody.')}
            </EmptyState>
          }
        />
      )}
      {adding && <NewAccountPanel onClose={() => setAdding(false)} />}
    </Page>
  );
}

async function allAccounts(filter: AccountFilter): Promise<Account[]> {
  const all: Account[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: { items: Account[]; next: string | null } = await api.get('/api/people', {
      query: { ...filter, cursor, limit: 200 },
    });
    all.push(...page.items);
    cursor = page.next;
  }
  return all;
}
