import { Button, Textarea } from '@task-connect/console';
import { useState } from 'react';
import { keeper } from '../keep.ts';
import type { Note } from '../queries.ts';
import { t } from '../t.ts';
import { RichText } from './RichText.tsx';
import css from './rich-text.module.css';
import { editable as isEditable } from './round-trip.ts';

/** The text of a note: in the editor, or as Markdown where it holds what the editor does not know. */
export function NoteText({ note, text, editable }: { note: Note; text: string; editable: boolean }) {
  // Asked once, for the text that was opened: what is typed in the editor is the editor's.
  const [isRich, setRich] = useState(() => isEditable(text));
  if (isRich) return <RichText note={note} text={text} editable={editable} />;
  return (
    <>
      <p className={css.plainNote}>
        {t('This text holds Markdown that the editor would lose, so it is shown as it was written.')}{' '}
        {isEditable(text) && <Button onClick={() => setRich(true)}>{t('Use the editor')}</Button>}
      </p>
      <Textarea
        aria-label={t('Text')}
        value={text}
        onChange={(event) => keeper.type(note.id, { text: event.currentTarget.value })}
        readOnly={!editable}
        autosize
        minRows={12}
        dir="auto"
      />
    </>
  );
}
