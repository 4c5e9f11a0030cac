import { ActionIcon, confirm, Icon, Menu, Problem, Tooltip, toast, useMe, usePermission } from '@task-connect/console';
import { useState } from 'react';
import { colours } from '../note/colours.ts';
import { LabelDialog } from './LabelDialog.tsx';
import css from './note-panel.module.css';
import { type Note, useBringBack, useMark, useShare, useTrash } from './queries.ts';
import { ShareDialog } from './ShareDialog.tsx';
import { t } from './t.ts';

type NoteToolsProps = {
  note: Note;
  view: 'text' | 'history';
  onView(view: 'text' | 'history'): void;
  onGone(): void;
};

/** What can be done with a note as a whole; what is done to its text stands below it. */
export function NoteTools({ note, view, onView, onGone }: NoteToolsProps) {
  const mark = useMark();
  const [dialog, setDialog] = useState<'share' | 'labels'>();
  const mayWrite = usePermission('notes:write') && note.access !== 'view';
  const mayShare = usePermission('notes:share') && note.access === 'owner';
  const set = (change: Parameters<typeof mark.run>[0]['mark']) => void mark.run({ id: note.id, mark: change });
  if (note.trashedAt) return <div className={css.tools} />;
  return (
    <div className={css.tools} role="toolbar" aria-label={t('This note')}>
      <Tool
        label={note.pinned ? t('Unpin') : t('Pin')}
        icon={note.pinned ? 'pin-filled' : 'pin'}
        on={note.pinned}
        run={() => set({ pinned: !note.pinned })}
      />
      <PaperMenu note={note} choose={(colour) => set({ colour })} />
      {mayWrite && <Tool label={t('Labels')} icon="tag" run={() => setDialog('labels')} />}
      {mayShare && <Tool label={t('Share')} icon="user-plus" run={() => setDialog('share')} />}
      <Tool
        label={note.archived ? t('Take out of the archive') : t('Archive')}
        icon="archive"
        on={note.archived}
        run={() => {
          set({ archived: !note.archived });
          if (note.archived) return;
          toast({ text: t('“{title}” is archived', { title: nameOf(note) }), undo: () => set({ archived: false }) });
          onGone();
        }}
      />
      <Tool
        label={t('History')}
        icon="history"
        on={view === 'history'}
        run={() => onView(view === 'history' ? 'text' : 'history')}
      />
      <MoreMenu note={note} onGone={onGone} />
      {dialog === 'share' && <ShareDialog note={note} onClose={() => setDialog(undefined)} />}
      {dialog === 'labels' && <LabelDialog note={note} onClose={() => setDialog(undefined)} />}
      <Problem problem={mark.problem} />
    </div>
  );
}

const nameOf = (note: Note) => note.title || t('Note');

type ToolProps = { label: string; icon: Parameters<typeof Icon>[0]['name']; on?: boolean; run(): void };

function Tool({ label, icon, on, run }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-pressed={on} data-on={on || undefined} onClick={run}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}

function PaperMenu({ note, choose }: { note: Note; choose(colour: Note['colour']): void }) {
  const titles = {
    straw: t('Straw'),
    sage: t('Sage'),
    sky: t('Sky'),
    clay: t('Clay'),
    lilac: t('Lilac'),
    stone: t('Stone'),
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ActionIcon aria-label={t('Paper')}>
          <Icon name="palette" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <fieldset className={css.papers} aria-label={t('Paper, for yourself alone')}>
          {[null, ...colours].map((colour) => (
            <button
              key={colour ?? 'none'}
              type="button"
              className={css.paper}
              data-paper={colour ?? undefined}
              aria-label={colour ? titles[colour] : t('No colour')}
              aria-pressed={note.colour === colour}
              onClick={() => choose(colour)}
            />
          ))}
        </fieldset>
      </Menu.Dropdown>
    </Menu>
  );
}

function MoreMenu({ note, onGone }: { note: Note; onGone(): void }) {
  const trash = useTrash();
  const bringBack = useBringBack();
  const share = useShare(note.id);
  const me = useMe();
  const mayDelete = usePermission('notes:write') && note.access === 'owner';
  const isNamed = note.sharedWith.some(({ id }) => id === me.id);
  const remove = async () => {
    if (!(await trash.run(note.id))) return;
    toast({ text: t('“{title}” is in the trash', { title: nameOf(note) }), undo: () => void bringBack.run(note.id) });
    onGone();
  };
  const leave = async () => {
    const yes = await confirm({
      title: t('Leave “{title}”?', { title: nameOf(note) }),
      consequences: [t('You no longer see it. Its owner can share it with you again.')],
      keep: t('Stay'),
      act: t('Leave'),
    });
    if (yes && (await share.run({ kind: 'person', id: me.id, access: null }))) onGone();
  };
  if (!mayDelete && !isNamed) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('More')}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayDelete && (
          <Menu.Item leftSection={<Icon name="trash" />} onClick={() => void remove()}>
            {t('Delete')}
          </Menu.Item>
        )}
        {isNamed && (
          <Menu.Item leftSection={<Icon name="logout" />} onClick={() => void leave()}>
            {t('Leave this note…')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
