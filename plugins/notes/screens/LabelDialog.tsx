import { Button, Dialog, DialogActions, Problem, TagsInput } from '@task-connect/console';
import { useState } from 'react';
import { type Note, useChangeNote, useLabels } from './queries.ts';
import { t } from './t.ts';

/** The labels of a note, besides the #tags of its text. */
export function LabelDialog({ note, onClose }: { note: Note; onClose(): void }) {
  const known = useLabels().data?.items.map(({ name }) => name) ?? [];
  const [labels, setLabels] = useState(note.labels.filter((label) => !note.tags.includes(label)));
  const change = useChangeNote();
  const save = async () => {
    if (await change.run({ note, patch: { labels } })) onClose();
  };
  return (
    <Dialog title={t('Labels')} onClose={onClose}>
      <TagsInput
        label={t('Labels of this note')}
        description={
          note.tags.length > 0
            ? t('Besides those of its text: {tags}', { tags: note.tags.map((tag) => `#${tag}`).join(' ') })
            : t('A #word in the text is a label as well.')
        }
        data={known}
        value={labels}
        onChange={(next) =>
          setLabels(next.map((label) => label.replace(/^#+/, '').replace(/\s+/g, '-')).filter(Boolean))
        }
        comboboxProps={{ withinPortal: false }}
        maxLength={50}
        data-autofocus
      />
      <Problem problem={change.problem} />
      <DialogActions>
        <Button onClick={onClose}>{t('Cancel')}</Button>
        <Button variant="filled" loading={change.busy} onClick={() => void save()}>
          {t('Save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
