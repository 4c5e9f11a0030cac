import '@mantine/tiptap/styles.css';
import { RichTextEditor } from '@mantine/tiptap';
import { Image } from '@tiptap/extension-image';
import { useEditor } from '@tiptap/react';
import publicCss from '../public-note.module.css';
import { notesPath, type PublicNote } from '../queries.ts';
import { sizeText } from '../size-text.ts';
import { t } from '../t.ts';
import { noteExtensions } from './extensions.ts';
import { forMantine } from './for-mantine.ts';
import css from './rich-text.module.css';
import { editable } from './round-trip.ts';

/** The text of a note for everybody, with its pictures and files; read only. */
export function PublicText({ note, token }: { note: PublicNote; token: string }) {
  const addressOf = (id: string, size = 'whole') =>
    `${document.baseURI.replace(/\/$/, '')}${notesPath}/public/${token}/attachments/${id}?size=${size}`;
  const picture = Image.extend({
    renderHTML({ HTMLAttributes: given }) {
      const id = /^attachment:(.+)$/.exec(String(given.src ?? ''))?.[1];
      const file = note.attachments.find((one) => one.id === id);
      const src = file?.thumbnail === 'ready' ? addressOf(file.id, 'thumbnail') : null;
      return src ? ['img', { src, alt: given.alt ?? '' }] : ['span', {}, String(given.alt ?? '')];
    },
  });
  const isRich = editable(note.text);
  const editor = useEditor({
    extensions: noteExtensions(picture),
    content: isRich ? note.text : '',
    contentType: 'markdown',
    editable: false,
    injectCSS: false,
  });
  const files = note.attachments.filter(({ id }) => !note.text.includes(`attachment:${id}`));
  return (
    <>
      {isRich ? (
        <RichTextEditor editor={forMantine(editor)} className={css.editor} classNames={{ content: css.content }}>
          <RichTextEditor.Content />
        </RichTextEditor>
      ) : (
        <pre className={css.plain}>{note.text}</pre>
      )}
      {files.length > 0 && (
        <ul className={publicCss.files} aria-label={t('Files')}>
          {files.map((file) => (
            <li key={file.id}>
              <a href={addressOf(file.id)} download={file.name}>
                {file.name}
              </a>
              <small>{sizeText(file.size)}</small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
