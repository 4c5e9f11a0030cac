import {
  ActionIcon,
  Button,
  Capture,
  EmptyState,
  Icon,
  navigate,
  Page,
  Problem,
  SkeletonRows,
  useParam,
  usePermission,
  usePlace,
} from '@task-connect/console';
import { useRef } from 'react';
import { keeper } from './keep.ts';
import { NotePanel } from './NotePanel.tsx';
import { NotePlaces } from './NotePlaces.tsx';
import { useAddNote, useCards } from './queries.ts';
import { t } from './t.ts';
import { appendPicture, upload } from './uploads.ts';
import { Wall } from './Wall.tsx';
import css from './wall.module.css';

/** All notes as a wall of cards; the open one stands in the panel beside it. */
export function NoteWall() {
  const open = useParam('noteId');
  const { query } = usePlace();
  const place = query.get('in') ?? undefined;
  const label = query.get('label') ?? undefined;
  const text = query.get('text') ?? undefined;
  const isAll = !place && !text && !label;
  const pinned = useCards(isAll ? { pinned: true } : null);
  const others = useCards(isAll ? { pinned: false } : { in: place, label, text });
  const mayWrite = usePermission('notes:write');
  const search = query.size > 0 ? `?${query}` : '';
  const hasPinned = isAll && (pinned.data?.length ?? 0) > 0;
  const isEmpty = others.data?.length === 0 && !hasPinned;
  const problem = others.problem ?? pinned.problem;
  return (
    <Page title={titleOf(place, label, text)} summary={others.total && !isAll ? countOf(others.total) : undefined} fill>
      {mayWrite && place !== 'trash' && <NoteCapture label={label} />}
      <NotePlaces />
      <Problem problem={problem} retry={others.refresh} />
      {others.loading && <SkeletonRows rows={6} />}
      {hasPinned && <Wall title={t('Pinned')} cards={pinned.data!} open={open} />}
      {others.data && others.data.length > 0 && (
        <Wall title={hasPinned ? t('Others') : undefined} cards={others.data} open={open} />
      )}
      {others.more && <Button onClick={others.more}>{t('Show more')}</Button>}
      {isEmpty && <NoNotes place={place} narrowed={Boolean(label || text)} />}
      {open && <NotePanel key={open} id={open} onClose={() => navigate(`/notes${search}`)} />}
    </Page>
  );
}

const countOf = (count: number) => t({ one: 'One note.', other: '{count} notes.' }, { count });

function titleOf(place: string | undefined, label: string | undefined, text: string | undefined): string {
  if (text) return t('Notes with “{text}”', { text });
  if (label) return t('Notes with #{label}', { label });
  if (place === 'archive') return t('Archive');
  if (place === 'trash') return t('Trash');
  if (place === 'shared') return t('Shared notes');
  return t('Notes');
}

function NoteCapture({ label }: { label: string | undefined }) {
  const add = useAddNote();
  const picker = useRef<HTMLInputElement>(null);
  const labels = label ? [label] : [];
  const start = async (text: string) => {
    const note = await add.run({ text, labels });
    if (note) navigate(`/notes/${note.id}`);
    return note;
  };
  const takePicture = async (file: File) => {
    const note = await start('');
    if (!note) return;
    keeper.open(note.id, note);
    const sent = await upload(note.id, file);
    if (sent && sent.thumbnail !== 'none') appendPicture(note.id, sent);
  };
  return (
    <>
      <div className={css.take}>
        <Capture
          label={t('Take a note')}
          example={t('porter: Leif, before 9:00 #harbour')}
          onAdd={async (text) => (await add.run({ text, labels })) !== undefined}
        />
        <ActionIcon aria-label={t('New checklist')} onClick={() => void start('- [ ] ')}>
          <Icon name="list-check" />
        </ActionIcon>
        <ActionIcon aria-label={t('New note with a picture')} onClick={() => picker.current?.click()}>
          <Icon name="photo" />
        </ActionIcon>
        <input
          ref={picker}
          type="file"
          accept="image/*"
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) void takePicture(file);
          }}
        />
      </div>
      <Problem problem={add.problem} />
    </>
  );
}

function NoNotes({ place, narrowed }: { place: string | undefined; narrowed: boolean }) {
  if (narrowed) {
    return (
      <EmptyState
        icon="search"
        title={t('No note fits this')}
        actions={<Button onClick={() => navigate('/notes')}>{t('Show all notes')}</Button>}
      >
        {t('Words, parts of words, “phrases in quotes”, -without, label:x and has:attachment are understood.')}
      </EmptyState>
    );
  }
  if (place === 'trash') {
    return (
      <EmptyState icon="trash" title={t('The trash is empty')}>
        {t('What you delete lies here for 30 days, and can be brought back until then.')}
      </EmptyState>
    );
  }
  if (place === 'archive') {
    return (
      <EmptyState icon="archive" title={t('Nothing is archived')}>
        {t('What you archive leaves the wall and is still found by a search.')}
      </EmptyState>
    );
  }
  if (place === 'shared') {
    return (
      <EmptyState icon="user-plus" title={t('Nothing is shared')}>
        {t('Open a note and share it: with a person, or with everybody in the organisation.')}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="note" title={t('No notes yet')}>
      {t('Type a line above: “porter: Leif, before 9:00 #harbour” becomes a note with a label.')}
    </EmptyState>
  );
}
