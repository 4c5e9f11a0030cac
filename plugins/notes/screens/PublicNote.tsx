import { DateTime, EmptyState, Problem, SkeletonRows, useParam } from '@task-connect/console';
import { lazy, Suspense, useEffect } from 'react';
import css from './public-note.module.css';
import { usePublicNote } from './queries.ts';
import { t } from './t.ts';

const PublicText = lazy(async () => ({ default: (await import('./editor/PublicText.tsx')).PublicText }));

/** A note that its owner shows to whoever has the link. */
export function PublicNote() {
  const token = useParam('token') ?? '';
  const { data: note, problem, refresh } = usePublicNote(token);
  useEffect(() => {
    if (note) document.title = note.title || t('A note');
  }, [note]);
  if (problem?.status === 404) {
    return (
      <div className={css.page}>
        <h1>{t('This link leads nowhere')}</h1>
        <EmptyState icon="link" title={t('The note is no longer shown')}>
          {t('Its owner has revoked the link, or the address is not whole. Ask for a new one.')}
        </EmptyState>
      </div>
    );
  }
  return (
    <article className={css.page} dir="auto">
      <Problem problem={problem} retry={refresh} />
      {!note && !problem && <SkeletonRows rows={8} />}
      {note && (
        <>
          <h1>{note.title || t('A note')}</h1>
          <p className={css.when}>{t.rich('Changed {when}', { when: <DateTime at={note.updatedAt} /> })}</p>
          <Suspense fallback={<SkeletonRows rows={6} />}>
            <PublicText note={note} token={token} />
          </Suspense>
        </>
      )}
    </article>
  );
}
