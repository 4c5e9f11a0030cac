import { api, defineScreens, navigate } from '@task-connect/console';
import { LabelList } from './LabelList.tsx';
import { NoteWall } from './NoteWall.tsx';
import { PublicNote } from './PublicNote.tsx';
import { type NoteCard, notesPath } from './queries.ts';
import { t } from './t.ts';

export default defineScreens({
  plugin: 'notes',
  menu: [{ title: t('Notes'), path: '/notes', icon: 'note', key: 'n', telephone: true, needs: 'notes:read' }],
  pages: [
    { path: '/notes', component: NoteWall, needs: 'notes:read' },
    { path: '/notes/labels', component: LabelList, needs: 'notes:read' },
    { path: '/notes/:noteId', component: NoteWall, needs: 'notes:read' },
  ],
  publicPages: [{ path: '/public/notes/:token', component: PublicNote }],
  actions: [
    {
      title: t('New note'),
      icon: 'note',
      needs: 'notes:write',
      run: () =>
        void api.post<{ id: string }>(notesPath, { text: '' }).then(
          ({ id }) => navigate(`/notes/${id}`),
          () => navigate('/notes'),
        ),
    },
  ],
  async find(text) {
    const { items } = await api.get<{ items: NoteCard[] }>(notesPath, { query: { text, limit: 8 } });
    return items.map((note) => ({
      title: note.title || note.preview.text.slice(0, 80) || t('A note without words'),
      detail: note.labels.map((label) => `#${label}`).join(' '),
      icon: 'note',
      to: `/notes/${note.id}`,
    }));
  },
});
