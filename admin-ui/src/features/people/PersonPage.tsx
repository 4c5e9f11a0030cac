import { DateTime, Notice, Page, Problem, Section, SkeletonRows, useParam } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import { History } from '../audit/History.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { AccountState } from './AccountState.tsx';
import { PersonMemberships } from './PersonMemberships.tsx';
import { PersonSessions } from './PersonSessions.tsx';
import { PersonSignIn } from './PersonSignIn.tsx';
import { PersonTokens } from './PersonTokens.tsx';
import css from './people.module.css';
import { useChangeAccount, usePasswordMail, usePerson } from './queries.ts';

/** One account: where it belongs, what it is signed in with, and what was done about it. */
export function PersonPage() {
  const id = useParam('personId') ?? '';
  const { data: person, problem, refresh } = usePerson(id);
  const change = useChangeAccount();
  const mail = usePasswordMail(id);
  const [link, setLink] = useState<string>();
  return (
    <Page
      title={person?.name ?? t('Person')}
      path={[{ title: t('Platform') }, { title: t('People'), to: '/platform/people' }]}
      summary={person && <Summary person={person} />}
      actions={person && <AccountMenu person={person} change={change.run} mail={mail.run} onLink={setLink} />}
    >
      <Problem problem={change.problem ?? mail.problem ?? problem} retry={refresh} />
      {link && (
        <Notice kind="warn" title={t('Where no mail goes out, hand on this link; it is shown this once:')}>
          <code className={css.link}>{link}</code>
        </Notice>
      )}
      {!person && !problem && <SkeletonRows rows={8} height="var(--table-row)" />}
      {person && (
        <div className={css.columns}>
          <div>
            <PersonMemberships person={person} />
            <PersonSessions person={person} />
            <PersonTokens person={person} />
          </div>
          <div>
            <PersonSignIn person={person} />
            <Section title={t('History')} note={t('newest first')}>
              <History about={person.id} />
            </Section>
          </div>
        </div>
      )}
    </Page>
  );
}

function Summary({ person }: { person: NonNullable<ReturnType<typeof usePerson>['data']> }) {
  return (
    <>
      {person.address ?? t('without an address')}, <AccountState account={person} />,{' '}
      {person.lastSeenAt ? t.rich('last seen {when}', { when: <DateTime at={person.lastSeenAt} /> }) : t('never seen')}
    </>
  );
}
