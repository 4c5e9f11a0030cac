import { DateTime, Section, SidePanel } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './audit.module.css';
import { differencesOf } from './differences.ts';
import type { AuditEntry } from './queries.ts';

/** One entry: who, when, from where, and what was before and after. */
export function AuditPanel({ entry, onClose }: { entry: AuditEntry; onClose(): void }) {
  const differences = differencesOf(entry.before, entry.after);
  return (
    <SidePanel title={entry.action} onClose={onClose}>
      <p className={css.fact}>
        {t.rich('{who}, {when}', { who: <b>{entry.actorName}</b>, when: <DateTime at={entry.at} /> })}
        {entry.address && t(', from {address}', { address: entry.address })}
      </p>
      <Section title={t('Changed')} note={<code>{entry.subject}</code>}>
        <ul className={css.diff}>
          {differences.map(({ field, before, after }) => (
            <li key={field}>
              <span>{field || t('value')}</span>
              {before !== undefined && <del>{before}</del>}
              {after !== undefined && <ins>{after}</ins>}
            </li>
          ))}
        </ul>
        {differences.length === 0 && <p className={css.fact}>{t('It was done; no value was kept.')}</p>}
      </Section>
      {entry.requestId && (
        <p className={css.fact}>
          <code>{t('request {id}', { id: entry.requestId })}</code>
        </p>
      )}
    </SidePanel>
  );
}
