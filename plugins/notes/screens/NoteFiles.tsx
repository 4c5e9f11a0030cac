import { ActionIcon, Icon, Problem } from '@task-connect/console';
import css from './note-panel.module.css';
import { type Note, useRemoveFile } from './queries.ts';
import { sizeText } from './size-text.ts';
import { t } from './t.ts';
import { dismissUpload, useUploads } from './uploads.ts';
import { saveFile } from './use-file.ts';

/** The files of a note that its text does not show as pictures, and those on their way. */
export function NoteFiles({ note, text, mayWrite }: { note: Note; text: string; mayWrite: boolean }) {
  const uploads = useUploads(note.id);
  const remove = useRemoveFile(note.id);
  const files = note.attachments.filter(({ id }) => !text.includes(`attachment:${id}`));
  if (files.length === 0 && uploads.length === 0) return null;
  return (
    <>
      <ul className={css.files} aria-label={t('Files')}>
        {files.map((file) => (
          <li key={file.id}>
            <Icon name="paperclip" size={15} />
            <button type="button" className={css.name} onClick={() => void saveFile(note.id, file)}>
              {file.name}
            </button>
            <small>{sizeText(file.size)}</small>
            {mayWrite && (
              <ActionIcon aria-label={t('Remove {name}', { name: file.name })} onClick={() => void remove.run(file.id)}>
                <Icon name="x" size={15} />
              </ActionIcon>
            )}
          </li>
        ))}
        {uploads.map((file) => (
          <li key={file.id}>
            <Icon name="upload" size={15} />
            <span className={file.problem ? css.failed : undefined} role="status">
              {file.problem
                ? t('“{name}” is not saved: {problem}', { name: file.name, problem: file.problem })
                : t('“{name}” is on its way…', { name: file.name })}
            </span>
            {file.problem && (
              <ActionIcon aria-label={t('Close')} onClick={() => dismissUpload(file.id)}>
                <Icon name="x" size={15} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <Problem problem={remove.problem} />
    </>
  );
}
