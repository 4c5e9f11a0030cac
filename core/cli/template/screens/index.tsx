import { defineScreens } from '@task-connect/console';
import { FieldNoteList } from './FieldNoteList.tsx';
import { t } from './t.ts';

export default defineScreens({
  plugin: 'field-notes',
  menu: [{ title: t('Field notes'), path: '/field-notes', icon: 'puzzle', needs: 'field-notes:read' }],
  pages: [{ path: '/field-notes', component: FieldNoteList, needs: 'field-notes:read' }],
});
