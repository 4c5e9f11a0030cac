import {
  Button,
  DateTime,
  Link,
  OvertakenNotice,
  PersonMark,
  Problem,
  SidePanel,
  SkeletonRows,
  useMe,
  useMembers,
  usePermission,
} from '@task-connect/console';
import { lazy, Suspense, useState } from 'react';
import { keeper, useKept } from './keep.ts';
import { NoteFiles } from './NoteFiles.tsx';
import { NoteHistory } from './NoteHistory.tsx';
import { NoteTools } from './NoteTools.tsx';
import type { Kept } from './note-keeper.ts';
import css from './note-panel.module.css';
import { type Note, useBringBack, useErase, useNote } from './queries.ts';
import { t } from './t.ts';

const NoteText = lazy(async () => ({ default: (await import('./editor/NoteText.tsx')).NoteText }));

/** One note, to be read and written, beside the wall. */
export function NotePanel({ id, onClose }: { id: string; onClose(): void }) {
  const { data: note, problem, refresh } = useNote(id);
  const kept = useKept(note);
  const [view, setView] = useState<'text' | 'history'>('text');
  const title = kept?.content.title || note?.title || t('Note');
  return (
    <SidePanel
      title={title}
      tools={note ? <NoteTools note={note} view={view} onView={setView} onGone={onClose} /> : undefined}
      note={kept && <SaveState kept={kept} />}
      onClose={onClose}
    >
      <Problem problem={problem} retry={refresh} />
      {!note && !problem && <SkeletonRows rows={6} />}
      {note && kept && (
        <div className={css.note}>
          {note.trashedAt && <InTrash note={note} onGone={onClose} />}
          <Overtaken note={note} kept={kept} />
          {view === 'history' ? (
            <NoteHistory note={note} onDone={() => setView('text')} />
          ) : (
            <NoteBody note={note} kept={kept} />
          )}
        </div>
      )}
    </SidePanel>
  );
}

function NoteBody({ note, kept }: { note: Note; kept: Kept }) {
  const mayWrite = usePermission('notes:write') && note.access !== 'view' && !note.trashedAt;
  return (
    <>
      <input
        className={css.title}
        value={kept.content.title}
        onChange={(event) => keeper.type(note.id, { title: event.target.value })}
        placeholder={mayWrite ? t('Title') : t('Without a title')}
        aria-label={t('Title')}
        readOnly={!mayWrite}
        maxLength={500}
        dir="auto"
      />
      <NoteFacts note={note} />
      <Suspense fallback={<SkeletonRows rows={5} />}>
        <NoteText note={note} text={kept.content.text} editable={mayWrite} />
      </Suspense>
      <NoteFiles note={note} text={kept.content.text} mayWrite={mayWrite} />
    </>
  );
}

/** Labels, who sees it, what it is attached to. */
function NoteFacts({ note }: { note: Note }) {
  const members = useMembers();
  const me = useMe();
  const nameOf = (id: string) =>
    members?.find(({ person }) => person === id)?.name ?? me.organisations.find((one) => one.id === id)?.name;
  const others = [note.owner, ...note.sharedWith.map(({ id }) => id)]
    .filter((id) => id !== me.id)
    .map(nameOf)
    .filter((name) => name !== undefined);
  const { attachedTo } = note;
  return (
    <p className={css.facts}>
      {note.labels.map((label) => (
        <Link key={label} to={`/notes?label=${encodeURIComponent(label)}`}>
          #{label}
        </Link>
      ))}
      {others.map((name) => (
        <PersonMark key={name} name={name} size={20} />
      ))}
      {others.length > 0 && (
        <span className={css.hidden}>{t('Shared with {names}', { names: others.join(', ') })}</span>
      )}
      {attachedTo?.path && attachedTo.title && (
        <Link className={css.attached} to={attachedTo.path}>
          {t('Attached to {title}', { title: attachedTo.title })}
        </Link>
      )}
      {attachedTo && !attachedTo.title && <span>{t('Attached to something that you may not see')}</span>}
    </p>
  );
}

/** Lasting words on whether what is typed is kept. */
function SaveState({ kept }: { kept: Kept }) {
  const { keeping } = kept;
  if (keeping.state === 'not-saved' || keeping.state === 'overtaken')
    return (
      <strong className={css.unsaved} role="status">
        {t('Not saved')}
      </strong>
    );
  if (keeping.state === 'saving') return <span role="status">{t('Saving…')}</span>;
  return keeping.at ? (
    <span role="status">{t.rich('Saved {when}', { when: <DateTime at={keeping.at} /> })}</span>
  ) : null;
}

function Overtaken({ note, kept }: { note: Note; kept: Kept }) {
  const members = useMembers();
  const { keeping, content } = kept;
  if (keeping.state === 'not-saved')
    return (
      <div className={css.notSaved} role="alert">
        <span>{t('Not saved: {reason} What you typed is kept here.', { reason: keeping.reason })}</span>
        <Button onClick={() => void keeper.flush(note.id)}>{t('Try again')}</Button>
      </div>
    );
  if (keeping.state !== 'overtaken') return null;
  const who = members?.find(({ person }) => person === note.updatedBy)?.name;
  const textOf = (one: { title: string; text: string }) => `${one.title}\n\n${one.text}`;
  return (
    <OvertakenNotice
      title={
        who
          ? t('{name} changed this note while you wrote.', { name: who })
          : t('This note was changed while you wrote.')
      }
      theirs={textOf(keeping.theirs)}
      mine={textOf(content)}
      onTake={() => void keeper.settle(note.id, 'theirs')}
      onKeep={() => void keeper.settle(note.id, 'mine')}
    />
  );
}

function InTrash({ note, onGone }: { note: Note; onGone(): void }) {
  const bringBack = useBringBack();
  const erase = useErase();
  return (
    <div className={css.inTrash}>
      <span>{t.rich('In the trash since {when}.', { when: <DateTime at={note.trashedAt!} /> })}</span>
      <Button onClick={() => void bringBack.run(note.id)}>{t('Bring it back')}</Button>
      <EraseButton note={note} erase={erase.run} onGone={onGone} />
      <Problem problem={bringBack.problem ?? erase.problem} />
    </div>
  );
}

function EraseButton(props: { note: Note; erase(id: string): Promise<true | undefined>; onGone(): void }) {
  const { note, erase, onGone } = props;
  const [asked, setAsked] = useState(false);
  if (!asked) return <Button onClick={() => setAsked(true)}>{t('Erase…')}</Button>;
  return (
    <>
      <span>{t('With its history and files, for good?')}</span>
      <Button onClick={() => setAsked(false)}>{t('Keep it')}</Button>
      <Button
        c="var(--bad)"
        onClick={async () => {
          if (await erase(note.id)) onGone();
        }}
      >
        {t('Erase')}
      </Button>
    </>
  );
}
