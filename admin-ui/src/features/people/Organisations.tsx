import {
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  FilterBar,
  FilterText,
  FilterToggle,
  Page,
  Problem,
  Status,
  setQuery,
  usePlace,
} from '@task-connect/console';
import { t } from '../../t.ts';
import { PeopleTabs } from './PeopleTabs.tsx';
import { type ListedOrganisation, useAllOrganisations } from './queries.ts';

const columns: readonly Column<ListedOrganisation>[] = [
  { key: 'name', title: t('Organisation'), cell: ({ name }) => name },
  {
    key: 'owners',
    title: t('Owners'),
    hideBelow: 'tablet',
    cell: ({ owners }) =>
      owners.length > 0 ? owners.join(', ') : <Status kind="warn">{t('nobody who can sign in')}</Status>,
    text: ({ owners }) => owners.join(', '),
  },
  { key: 'members', title: t('Members'), align: 'end', cell: ({ members }) => members },
  {
    key: 'invitations',
    title: t('Invited'),
    align: 'end',
    hideBelow: 'tablet',
    cell: ({ invitations }) => invitations,
  },
  {
    key: 'created',
    title: t('Since'),
    align: 'end',
    hideBelow: 'desk',
    cell: ({ createdAt }) => <DateTime at={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
];

const searchFor = (text: string) => setQuery({ text });

/** Every organisation of the platform. */
export function Organisations() {
  const { query } = usePlace();
  const [text, personal] = [query.get('text') ?? '', query.get('personal') === 'true'];
  const organisations = useAllOrganisations(text, personal);
  return (
    <Page
      title={t('Organisations')}
      path={[{ title: t('Platform') }, { title: t('People'), to: '/platform/people' }]}
      summary={t('Who is in which. What an organisation keeps is seen by its members alone.')}
      fill
    >
      <PeopleTabs />
      <FilterBar>
        <FilterText value={text} onChange={searchFor} hint={t('Name')} />
        <FilterToggle
          title={t('Personal ones')}
          on={personal}
          onChange={(on) => setQuery({ personal: on ? 'true' : null })}
        />
      </FilterBar>
      <Problem problem={organisations.problem} retry={organisations.refresh} />
      {!organisations.problem && (
        <DataTable<ListedOrganisation>
          name="organisations"
          label={t('Organisations')}
          columns={columns}
          rows={organisations.data}
          rowKey={({ id }) => id}
          to={({ id }) => `/platform/people/organisations/${id}`}
          more={organisations.more}
          total={organisations.total}
          csv={{ file: 'organisations' }}
          empty={
            <EmptyState icon="building" title={text ? t('None is called so') : t('There is none yet')}>
              {t('Anybody can make one, under Members and invitations.')}
            </EmptyState>
          }
        />
      )}
    </Page>
  );
}
