import '@mantine/tiptap/styles.css';
import { RichTextEditor } from '@mantine/tiptap';
import { Icon } from '@task-connect/console';
import { Placeholder } from '@tiptap/extensions';
import { type Editor, useEditor } from '@tiptap/react';
import { useEffect, useRef } from 'react';
import { keeper } from '../keep.ts';
import type { Note } from '../queries.ts';
import { t } from '../t.ts';
import { appendPicture, upload } from '../uploads.ts';
import { noteExtensions } from './extensions.ts';
import { forMantine } from './for-mantine.ts';
import { notePicture } from './picture-node.tsx';
import css from './rich-text.module.css';
import { rewritten, tidy } from './round-trip.ts';

/** The editor: what is typed goes to the keeper, pictures that are pasted or dropped go to the note. */
export function RichText({ note, text, editable }: { note: Note; text: string; editable: boolean }) {
  const written = useRef(text);
  const current = useRef<Editor | null>(null);
  const addFiles = (files: readonly File[]) => {
    for (const file of files) void addFile(note, file, () => current.current);
    return files.length > 0;
  };
  const editor = useEditor(
    {
      extensions: [...noteExtensions(notePicture(note)), Placeholder.configure({ placeholder: t('Write here') })],
      content: text,
      contentType: 'markdown',
      editable,
      // Our own stylesheet says what the library would write into the page.
      injectCSS: false,
      shouldRerenderOnTransaction: false,
      editorProps: {
        attributes: { 'aria-label': t('Text'), role: 'textbox', 'aria-multiline': 'true', dir: 'auto' },
        handlePaste: (_view, event) => editable && addFiles([...(event.clipboardData?.files ?? [])]),
        handleDrop: (_view, event, _slice, moved) =>
          editable && !moved && addFiles([...((event as DragEvent).dataTransfer?.files ?? [])]),
      },
      onUpdate({ editor: changed }) {
        written.current = tidy(changed.getMarkdown());
        keeper.type(note.id, { text: written.current });
      },
    },
    [note.id],
  );
  current.current = editor;
  useEffect(() => {
    editor?.setEditable(editable, false);
  }, [editor, editable]);
  useEffect(() => {
    // Somebody else’s text, or one that was restored; what the editor wrote itself is there already.
    if (!editor || text === written.current || rewritten(text) === tidy(editor.getMarkdown())) return;
    written.current = text;
    editor.commands.setContent(text, { contentType: 'markdown', emitUpdate: false });
  }, [editor, text]);
  return (
    <RichTextEditor
      editor={forMantine(editor)}
      className={css.editor}
      classNames={{ content: css.content, toolbar: css.toolbar }}
    >
      <RichTextEditor.Content />
      {editable && <TextTools onFiles={addFiles} />}
    </RichTextEditor>
  );
}

/** Where the note is no longer open, a picture goes to the end of its text. */
async function addFile(note: Note, file: File, editorNow: () => Editor | null): Promise<void> {
  const sent = await upload(note.id, file);
  if (!sent || sent.thumbnail === 'none') return;
  const editor = editorNow();
  if (editor && !editor.isDestroyed) editor.commands.setImage({ src: `attachment:${sent.id}`, alt: sent.name });
  else appendPicture(note.id, sent);
}

function TextTools({ onFiles }: { onFiles(files: readonly File[]): boolean }) {
  const pictures = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const picker = (input: typeof files, accept: string | undefined) => (
    <input
      ref={input}
      type="file"
      accept={accept}
      multiple
      hidden
      onChange={(event) => {
        onFiles([...(event.target.files ?? [])]);
        event.target.value = '';
      }}
    />
  );
  return (
    <RichTextEditor.Toolbar role="toolbar" aria-label={t('Text tools')}>
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.H1 />
        <RichTextEditor.H2 />
        <RichTextEditor.Bold />
        <RichTextEditor.Italic />
      </RichTextEditor.ControlsGroup>
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.TaskList />
        <RichTextEditor.BulletList />
        <RichTextEditor.OrderedList />
      </RichTextEditor.ControlsGroup>
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.Link />
        <RichTextEditor.Code />
        <RichTextEditor.Control aria-label={t('Add a picture')} onClick={() => pictures.current?.click()}>
          <Icon name="photo" size={16} />
        </RichTextEditor.Control>
        <RichTextEditor.Control aria-label={t('Add a file')} onClick={() => files.current?.click()}>
          <Icon name="paperclip" size={16} />
        </RichTextEditor.Control>
      </RichTextEditor.ControlsGroup>
      {picker(pictures, 'image/*')}
      {picker(files, undefined)}
    </RichTextEditor.Toolbar>
  );
}
