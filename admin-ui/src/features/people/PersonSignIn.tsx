import { DateTime, Section, Status } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './people.module.css';
import type { PersonDetail } from './queries.ts';

const passwords = {
  set: t('chosen'),
  'for-once': t('for once, to be changed at the next sign-in'),
  none: t('none yet'),
};

/** By what somebody gets in. */
export function PersonSignIn({ person }: { person: PersonDetail }) {
  return (
    <Section title={t('Sign-in')}>
      <dl className={css.facts}>
        {person.password && (
          <>
            <dt>{t('Password')}</dt>
            <dd>{passwords[person.password]}</dd>
          </>
        )}
        {person.waitsUntil && (
          <>
            <dt>{t('Waits')}</dt>
            <dd>
              <Status kind="warn">
                {t.rich('until {when}, after wrong passwords', { when: <DateTime at={person.waitsUntil} /> })}
              </Status>
            </dd>
          </>
        )}
        {person.identities.map(({ issuer, subject, suspended }) => (
          <Identity key={issuer + subject} issuer={issuer} subject={subject} suspended={suspended} />
        ))}
        <dt>{t('Account since')}</dt>
        <dd>
          <DateTime at={person.createdAt} />
        </dd>
        <dt>{t('Runs the platform')}</dt>
        <dd>{person.platformRoles.includes('administrator') ? t('yes') : t('no')}</dd>
      </dl>
    </Section>
  );
}

function Identity({ issuer, subject, suspended }: { issuer: string; subject: string; suspended: boolean }) {
  return (
    <>
      <dt>{new URL(issuer).host}</dt>
      <dd>{suspended ? <Status kind="bad">{t('suspended there')}</Status> : <code>{subject}</code>}</dd>
    </>
  );
}
