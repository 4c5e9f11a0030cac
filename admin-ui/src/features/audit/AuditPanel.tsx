import { Button, DateTime, Diff, Link, Section, SidePanel, setQuery } from '@task-connect/console';
import { t } from '../../t.ts';
import { actionTitle } from './action-title.ts';
import css from './audit.module.css';
import { fieldNames } from './field-names.ts';
import type { AuditEntry } from './queries.ts';

/** One entry: who, when, from where, and what was before and after. */
export function AuditPanel({ entry, onClose }: { entry: AuditEntry; onClose(): void }) {
  const { actor, actorName, before, after } = entry;
  const to = placeOf(entry);
  return (
    <SidePanel title={actionTitle(entry.action)} onClose={onClose}>
      <p className={css.fact}>
        {t.rich('{who}, {when}', { who: <b>{actorName || t('the platform')}</b>, when: <DateTime at={entry.at} /> })}
        {entry.address && t(', from {address}', { address: entry.address })}
      </p>
      <Section title={t('Changed')} note={<code>{entry.action}</code>}>
        {before || after ? (
          <Diff before={before as object | null} after={after as object | null} names={fieldNames} />
        ) : (
          <p className={css.none}>{t('It was done; no value was kept.')}</p>
        )}
      </Section>
      <Section title={t('On what')}>
        <p className={css.subject}>{to ? <Link to={to}>{entry.subject}</Link> : <code>{entry.subject}</code>}</p>
        {entry.requestId && (
          <p className={css.fact}>
            <code>{t('request {id}', { id: entry.requestId })}</code>
          </p>
        )}
        {actor && (
          <Button size="compact-sm" onClick={() => setQuery({ actor })}>
            {t('Only what {person} did', { person: actorName })}
          </Button>
        )}
      </Section>
    </SidePanel>
  );
}

/** Where the subject is shown, if it is. */
function placeOf({ action, subject }: AuditEntry): string | undefined {
  const [first = '', second] = subject.split('/');
  if (/^(member)\./.test(action)) return `/platform/people/${second}`;
  if (/^(person|profile|password|password-mail|sessions)\./.test(action)) return `/platform/people/${subject}`;
  if (action.startsWith('session.')) return `/platform/people/${first}`;
  if (action.startsWith('organisation.')) return `/platform/people/organisations/${subject}`;
  if (action.startsWith('secret.')) return `/platform/secrets/${subject.replaceAll('/', '.')}`;
  if (action.startsWith('plugin.')) return `/platform/plugins/${subject}`;
  return undefined;
}
