import { type Column, DataTable, DateTime, Section } from '@task-connect/console';
import { roleTitle } from '../../shell/role-title.ts';
import { t } from '../../t.ts';
import type { PersonDetail } from './queries.ts';

type Membership = PersonDetail['memberships'][number];

const columns: readonly Column<Membership>[] = [
  { key: 'name', title: t('Organisation'), cell: ({ name }) => name },
  { key: 'role', title: t('Role'), cell: ({ role, personal }) => (personal ? t('their own place') : roleTitle(role)) },
  {
    key: 'joined',
    title: t('Since'),
    align: 'end',
    hideBelow: 'tablet',
    cell: ({ joinedAt }) => <DateTime at={joinedAt} />,
  },
];

/** Where somebody belongs. */
export function PersonMemberships({ person }: { person: PersonDetail }) {
  return (
    <Section title={t('Memberships')} note={person.memberships.length}>
      <DataTable<Membership>
        quiet
        label={t('Memberships')}
        columns={columns}
        rows={person.memberships}
        rowKey={({ organisation }) => organisation}
        to={({ organisation }) => `/platform/people/organisations/${organisation}`}
      />
    </Section>
  );
}
