import {
  Button,
  type Column,
  confirm,
  DataTable,
  DateTime,
  type Member,
  Person,
  Problem,
  Section,
  Select,
} from '@task-connect/console';
import { roleTitle } from '../../shell/role-title.ts';
import { t } from '../../t.ts';
import css from './people.module.css';
import { type OrganisationDetail, useAnyMembers, usePutMember, useTakeMember } from './queries.ts';

type Row = Member & { joinedAt: string };
export const roles = ['owner', 'manager', 'member', 'guest'];

/** Who is in an organisation, and as what. */
export function AnyMembers({ organisation }: { organisation: OrganisationDetail }) {
  const members = useAnyMembers(organisation.id);
  const put = usePutMember(organisation.id);
  const take = useTakeMember(organisation.id);
  const remove = async ({ person, name }: Row) => {
    const yes = await confirm({
      title: t('Remove {person}?', { person: name }),
      consequences: [
        t('{person} no longer sees what is in {organisation}, at once.', {
          person: name,
          organisation: organisation.name,
        }),
        t('Invitations that they sent are withdrawn. What was made stays.'),
      ],
      keep: t('Keep'),
      act: t('Remove'),
      danger: true,
    });
    if (yes) await take.run(person);
  };
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: t('Person'), cell: ({ name }) => <Person name={name} /> },
    { key: 'address', title: t('Address'), hideBelow: 'tablet', cell: ({ address }) => address },
    {
      key: 'role',
      title: t('Role'),
      cell: ({ person, name, role }) =>
        organisation.personal ? (
          roleTitle(role)
        ) : (
          <Select
            className={css.role ?? ''}
            aria-label={t('Role of {person}', { person: name })}
            data={roles.map((each) => ({ value: each, label: roleTitle(each) }))}
            value={role}
            allowDeselect={false}
            onChange={(next) => next && next !== role && void put.run({ person, role: next })}
          />
        ),
    },
    {
      key: 'joined',
      title: t('Since'),
      align: 'end',
      hideBelow: 'desk',
      cell: ({ joinedAt }) => <DateTime at={joinedAt} />,
    },
  ];
  return (
    <Section title={t('Members')} note={members.total}>
      <Problem problem={put.problem ?? take.problem ?? members.problem} retry={members.refresh} />
      {!members.problem && (
        <DataTable<Row>
          quiet
          label={t('Members')}
          columns={columns}
          rows={members.data}
          rowKey={({ person }) => person}
          to={({ person }) => `/platform/people/${person}`}
          more={members.more}
          {...(!organisation.personal && {
            actions: (member: Row) => (
              <Button size="compact-sm" onClick={() => void remove(member)}>
                {t('Remove…')}
              </Button>
            ),
          })}
        />
      )}
    </Section>
  );
}
