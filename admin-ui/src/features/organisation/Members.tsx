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
  useMe,
  usePermission,
} from '@task-connect/console';
import { roleTitle } from '../../shell/role-title.ts';
import { t } from '../../t.ts';
import css from './organisation.module.css';
import { useChangeRole, useMemberList, useRemoveMember } from './queries.ts';

export const roles = ['owner', 'manager', 'member', 'guest'];

type Row = Member & { joinedAt: string };

/** Who belongs to the organisation, in which role. */
export function Members({ id }: { id: string }) {
  const me = useMe();
  const mayManage = usePermission('organisation:manage');
  const maySeeAddresses = usePermission('organisation:addresses');
  const members = useMemberList(id);
  const change = useChangeRole(id);
  const remove = useRemoveMember(id);
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: t('Person'), cell: (member) => <Person name={member.name} /> },
    ...(maySeeAddresses
      ? [{ key: 'address', title: t('Address'), hideBelow: 'tablet' as const, cell: (member: Row) => member.address }]
      : []),
    {
      key: 'role',
      title: t('Role'),
      cell: (member) =>
        mayManage ? (
          <Select
            className={css.role ?? ''}
            aria-label={t('Role of {person}', { person: member.name })}
            data={roles.map((role) => ({ value: role, label: roleTitle(role) }))}
            value={member.role}
            allowDeselect={false}
            onChange={(role) => role && role !== member.role && void change.run({ person: member.person, role })}
          />
        ) : (
          roleTitle(member.role)
        ),
    },
    {
      key: 'joined',
      title: t('Since'),
      align: 'end',
      hideBelow: 'desk',
      cell: (member) => <DateTime at={member.joinedAt} />,
    },
  ];
  const ask = async (member: Row) => {
    const self = member.person === me.id;
    const yes = await confirm({
      title: self
        ? t('Leave {organisation}?', { organisation: me.organisation.name })
        : t('Remove {person}?', { person: member.name }),
      consequences: [
        self
          ? t('You no longer see what is in it.')
          : t('{person} no longer sees what is in it, at once.', { person: member.name }),
        t('What was made stays. An invitation leads back.'),
      ],
      keep: self ? t('Stay') : t('Keep'),
      act: self ? t('Leave') : t('Remove'),
      danger: true,
    });
    if (yes && (await remove.run(member.person)) && self) location.reload();
  };
  return (
    <Section title={t('Members')} note={members.data?.length}>
      <Problem problem={change.problem ?? remove.problem ?? members.problem} retry={members.refresh} />
      {!members.problem && (
        <DataTable<Row>
          quiet
          label={t('Members')}
          columns={columns}
          rows={members.data}
          rowKey={(member) => member.person}
          more={members.more}
          actions={(member) =>
            (mayManage || member.person === me.id) && (
              <Button size="compact-sm" onClick={() => void ask(member)}>
                {member.person === me.id ? t('Leave…') : t('Remove…')}
              </Button>
            )
          }
        />
      )}
    </Section>
  );
}
