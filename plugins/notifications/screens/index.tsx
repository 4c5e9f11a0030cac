import { defineScreens, navigate } from '@task-connect/console';
import { Inbox } from './Inbox.tsx';
import { Preferences } from './Preferences.tsx';
import { useUnreadCount } from './queries.ts';
import { t } from './t.ts';
import { UnreadWidget } from './UnreadWidget.tsx';

export default defineScreens({
  plugin: 'notifications',
  menu: [
    {
      title: t('Inbox'),
      path: '/notifications',
      icon: 'bell',
      place: 'personal',
      key: 'i',
      telephone: true,
      useCount: useUnreadCount,
    },
  ],
  pages: [
    { path: '/notifications', component: Inbox },
    { path: '/notifications/preferences', component: Preferences },
  ],
  widgets: [{ id: 'unread', title: t('Unread'), place: 'end', component: UnreadWidget }],
  actions: [{ title: t('Choose what I am told of'), icon: 'bell', run: () => navigate('/notifications/preferences') }],
});
