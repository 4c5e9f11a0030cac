import { Button, type Column, DataTable, DateTime, Problem, Section } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './profile.module.css';
import { type Session, useEndSession, useSessions } from './queries.ts';

const columns: readonly Column<Session>[] = [
  {
    key: 'agent',
    title: t('Browser'),
    cell: ({ userAgent }) => <span className={css.agent}>{browserOf(userAgent)}</span>,
  },
  { key: 'address', title: t('From'), hideBelow: 'tablet', cell: ({ address }) => address },
  { key: 'seen', title: t('Last seen'), align: 'end', cell: ({ lastSeenAt }) => <DateTime at={lastSeenAt} /> },
];

/** `Firefox on Linux` out of what a browser says of itself; the whole of it when that is not known. */
function browserOf(agent: string): string {
  const browser = /(Firefox|Edg|OPR|HeadlessChrome|Chrome|Safari)\//.exec(agent)?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1];
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', HeadlessChrome: 'Chrome' };
  if (!browser) return agent || t('unknown');
  const name = names[browser] ?? browser;
  return system ? t('{browser} on {system}', { browser: name, system: system.replace(' OS X', '') }) : name;
}

/** Browsers in which one is signed in; each can be signed out. */
export function Sessions() {
  const { data, problem, refresh } = useSessions();
  const end = useEndSession();
  return (
    <Section title={t('Signed in')} note={t('browsers')}>
      <Problem problem={end.problem ?? problem} retry={refresh} />
      {!problem && (
        <DataTable<Session>
          quiet
          label={t('Browsers in which you are signed in')}
          columns={columns}
          rows={data?.items}
          rowKey={(session) => session.id}
          actions={(session) => (
            <Button size="compact-sm" onClick={() => void end.run(session)}>
              {t('Sign out')}
            </Button>
          )}
        />
      )}
    </Section>
  );
}
