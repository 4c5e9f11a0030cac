import {
  Button,
  Dialog,
  DialogActions,
  EmptyState,
  Link,
  Page,
  Problem,
  SkeletonRows,
  TextInput,
  toast,
  usePermission,
} from '@task-connect/console';
import { type FormEvent, useState } from 'react';
import css from './label-list.module.css';
import { useLabels, useRenameLabel } from './queries.ts';
import { t } from './t.ts';

/** All labels with their notes; each can be renamed, or merged into another. */
export function LabelList() {
  const { data, problem, refresh } = useLabels();
  const [renamed, setRenamed] = useState<string>();
  const mayWrite = usePermission('notes:write');
  const labels = data?.items;
  return (
    <Page
      title={t('Labels')}
      summary={labels && t({ one: 'One label.', other: '{count} labels.' }, { count: labels.length })}
      path={[{ title: t('Notes'), to: '/notes' }]}
    >
      <Problem problem={problem} retry={refresh} />
      {!labels && !problem && <SkeletonRows rows={6} />}
      {labels?.length === 0 && (
        <EmptyState icon="tag" title={t('No labels yet')}>
          {t('Write a #word into a note, or give it labels with the tag above its text.')}
        </EmptyState>
      )}
      <ul className={css.labels}>
        {labels?.map(({ name, notes }) => (
          <li key={name}>
            <Link to={`/notes?label=${encodeURIComponent(name)}`}>#{name}</Link>
            <span>{t({ one: 'one note', other: '{count} notes' }, { count: notes })}</span>
            {mayWrite && <Button onClick={() => setRenamed(name)}>{t('Rename…')}</Button>}
          </li>
        ))}
      </ul>
      {renamed && (
        <RenameDialog
          name={renamed}
          known={labels?.map((one) => one.name) ?? []}
          onClose={() => setRenamed(undefined)}
        />
      )}
    </Page>
  );
}

function RenameDialog({ name, known, onClose }: { name: string; known: readonly string[]; onClose(): void }) {
  const [to, setTo] = useState(name);
  const rename = useRenameLabel();
  const merges = to !== name && known.includes(to);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const done = await rename.run({ from: name, to });
    if (!done) return;
    toast({
      text: t({ one: 'One note has #{to} now', other: '{count} notes have #{to} now' }, { count: done.notes, to }),
    });
    onClose();
  };
  return (
    <Dialog title={t('Rename #{name}', { name })} onClose={onClose}>
      <form onSubmit={save}>
        <TextInput
          label={t('New name')}
          description={
            merges
              ? t('#{to} is there already: the two become one, and cannot be told apart again.', { to })
              : t('In all notes that you may change, in their texts too.')
          }
          value={to}
          onChange={(event) => setTo(event.currentTarget.value.replace(/^#+|\s+/g, ''))}
          maxLength={50}
        />
        <Problem problem={rename.problem} />
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" variant="filled" loading={rename.busy} disabled={to === '' || to === name}>
            {merges ? t('Merge') : t('Rename')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
