import { Button, type Column, confirm, DataTable, DateTime, Problem, Section } from '@task-connect/console';
import { t } from '../../t.ts';
import { browserOf } from '../me/browser-of.ts';
import css from './people.module.css';
import { type PersonDetail, useEnd } from './queries.ts';

type Session = PersonDetail['sessions'][number];

const columns: readonly Column<Session>[] = [
  {
    key: 'agent',
    title: t('Browser'),
    cell: ({ userAgent }) => <span className={css.agent}>{browserOf(userAgent)}</span>,
  },
  { key: 'address', title: t('From'), hideBelow: 'tablet', cell: ({ address }) => address },
  { key: 'seen', title: t('Last seen'), align: 'end', cell: ({ lastSeenAt }) => <DateTime at={lastSeenAt} /> },
];

/** Browsers in which somebody is signed in. */
export function PersonSessions({ person }: { person: PersonDetail }) {
  const end = useEnd(person.id);
  const endAll = async () => {
    const count = person.sessions.length;
    const yes = await confirm({
      title: t('Sign {person} out everywhere?', { person: person.name }),
      consequences: [
        t({ one: 'One browser is signed out at once.', other: '{count} browsers are signed out at once.' }, { count }),
        t('Access tokens stay.'),
      ],
      keep: t('Leave it so'),
      act: t('Sign out'),
    });
    if (yes) await end.run('sessions');
  };
  return (
    <Section
      title={t('Signed in')}
      note={
        person.sessions.length > 1 && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void endAll()}>
            {t('Sign out everywhere…')}
          </Button>
        )
      }
    >
      <Problem problem={end.problem} />
      <DataTable<Session>
        quiet
        label={t('Browsers')}
        columns={columns}
        rows={person.sessions}
        rowKey={({ id }) => id}
        actions={({ id }) => (
          <Button size="compact-sm" onClick={() => void end.run(`sessions/${id}`)}>
            {t('Sign out')}
          </Button>
        )}
        empty={<p className={css.plain}>{t('In no browser now.')}</p>}
      />
    </Section>
  );
}
