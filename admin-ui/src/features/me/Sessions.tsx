import { Button, type Column, confirm, DataTable, DateTime, Problem, Section } from '@task-connect/console';
import { t } from '../../t.ts';
import { browserOf } from './browser-of.ts';
import css from './profile.module.css';
import { type Session, useEndOtherSessions, useEndSession, useSessions } from './queries.ts';

const columns: readonly Column<Session>[] = [
  {
    key: 'agent',
    title: t('Browser'),
    cell: ({ userAgent, here }) => (
      <span className={css.agent}>
        {browserOf(userAgent)} {here && <small>{t('this one')}</small>}
      </span>
    ),
  },
  { key: 'address', title: t('From'), hideBelow: 'tablet', cell: ({ address }) => address },
  { key: 'seen', title: t('Last seen'), align: 'end', cell: ({ lastSeenAt }) => <DateTime at={lastSeenAt} /> },
];

/** Browsers in which one is signed in; each can be signed out. */
export function Sessions() {
  const { data, problem, refresh } = useSessions();
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  const others = data?.items.filter(({ here }) => !here).length ?? 0;
  const ask = async () => {
    const yes = await confirm({
      title: t('Sign out of all other browsers?'),
      consequences: [
        t(
          { one: 'One browser is signed out at once.', other: '{count} browsers are signed out at once.' },
          { count: others },
        ),
        t('This one and your access tokens stay.'),
      ],
      keep: t('Leave it so'),
      act: t('Sign out'),
    });
    if (yes) await endOthers.run(undefined);
  };
  return (
    <Section
      title={t('Signed in')}
      note={
        others > 0 && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void ask()}>
            {t('Sign out of all others…')}
          </Button>
        )
      }
    >
      <Problem problem={end.problem ?? endOthers.problem ?? problem} retry={refresh} />
      {!problem && (
        <DataTable<Session>
          quiet
          label={t('Browsers in which you are signed in')}
          columns={columns}
          rows={data?.items}
          rowKey={(session) => session.id}
          actions={(session) =>
            !session.here && (
              <Button size="compact-sm" onClick={() => void end.run(session)}>
                {t('Sign out')}
              </Button>
            )
          }
        />
      )}
    </Section>
  );
}
