import { Button, DateTime, Problem, SkeletonRows, TextDiff, useMembers, usePermission } from '@task-connect/console';
import { useState } from 'react';
import { keeper } from './keep.ts';
import css from './note-panel.module.css';
import { type Note, useRestoreVersion, useVersion, useVersions } from './queries.ts';
import { t } from './t.ts';

/** What a note said before, beside what it says now, and the way back. */
export function NoteHistory({ note, onDone }: { note: Note; onDone(): void }) {
  const { data, problem, refresh } = useVersions(note.id);
  const [number, setNumber] = useState<number>();
  const members = useMembers();
  const mayWrite = usePermission('notes:write') && note.access !== 'view' && !note.trashedAt;
  const restore = useRestoreVersion(note.id);
  const chosen = number ?? data?.items[1]?.number;
  const version = useVersion(note.id, chosen);
  const bringBack = async () => {
    const now = keeper.get(note.id);
    const saved = await restore.run({ number: chosen!, version: now?.base.version ?? note.version });
    if (!saved) return;
    keeper.replace(note.id, saved);
    onDone();
  };
  return (
    <div className={css.history}>
      <h3>{t('History')}</h3>
      <Problem problem={problem ?? version.problem} retry={refresh} />
      {!data && !problem && <SkeletonRows rows={4} />}
      <ol className={css.versions}>
        {data?.items.map((item, i) => (
          <li key={item.number}>
            <button
              type="button"
              aria-current={item.number === chosen ? 'true' : undefined}
              onClick={() => setNumber(item.number)}
            >
              <DateTime at={item.at} />
              <span>{members?.find(({ person }) => person === item.by)?.name ?? t('Somebody else')}</span>
              {i === 0 && <small>{t('as it is now')}</small>}
              {item.restoredFrom !== null && <small>{t('restored')}</small>}
            </button>
          </li>
        ))}
      </ol>
      {data?.items.length === 1 && <p>{t('Nothing was changed since it was written.')}</p>}
      {version.data && (
        <section aria-label={t('What is different now')}>
          <TextDiff before={`${version.data.title}\n\n${version.data.text}`} after={`${note.title}\n\n${note.text}`} />
        </section>
      )}
      <Problem problem={restore.problem} />
      {mayWrite && chosen !== undefined && chosen !== data?.items[0]?.number && version.data && (
        <div>
          <Button variant="filled" loading={restore.busy} onClick={() => void bringBack()}>
            {t('Restore this version')}
          </Button>
        </div>
      )}
    </div>
  );
}
