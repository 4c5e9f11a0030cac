import { Button, Diff, Problem, type ReadPages, SkeletonRows, Timeline, useMe } from '@task-connect/console';
import { t } from '../../t.ts';
import { actionTitle } from './action-title.ts';
import css from './audit.module.css';
import { fieldNames } from './field-names.ts';
import { type AuditEntry, useAudit, useOwnHistory } from './queries.ts';

/** What was done by or to a person, or in an organisation; for those who run the platform. */
export function History({ about, organisation }: { about?: string; organisation?: string }) {
  const entries = useAudit({ about: about ?? null, organisation: organisation ?? null });
  return <Entries entries={entries} {...(about && { self: about })} />;
}

/** What one did, and what was done to one’s account. */
export function OwnHistory() {
  return <Entries entries={useOwnHistory()} self={useMe().id} />;
}

function Entries({ entries, self }: { entries: ReadPages<AuditEntry>; self?: string }) {
  const { data, problem, refresh, more } = entries;
  if (problem) return <Problem problem={problem} retry={refresh} />;
  if (!data) return <SkeletonRows rows={4} height="44px" />;
  if (data.length === 0) return <p className={css.none}>{t('Nothing was changed yet.')}</p>;
  return (
    <div className={css.history}>
      <Timeline
        label={t('History')}
        items={data.map((entry) => ({
          id: String(entry.id),
          at: entry.at,
          title: actionTitle(entry.action),
          detail: <Detail entry={entry} {...(self && { self })} />,
        }))}
      />
      {more && <Button onClick={more}>{t('Show more')}</Button>}
    </div>
  );
}

function Detail({ entry, self }: { entry: AuditEntry; self?: string }) {
  const [before, after] = [entry.before as object | null, entry.after as object | null];
  return (
    <>
      {entry.actor !== self && <span>{t('by {person}', { person: entry.actorName || t('the platform') })}</span>}
      {(before || after) && <Diff before={before} after={after} names={fieldNames} />}
    </>
  );
}
