import type { notificationRequested, z } from '@task-connect/sdk';
import type { Told } from './email/compose-email.ts';

// Makers for tests: they fill what is not given.

/** What a plugin asks for with `notify`. */
export const aNotification = (
  given: Partial<z.input<typeof notificationRequested.data>> = {},
): z.input<typeof notificationRequested.data> => ({
  person: '0190a000-0000-7000-8000-0000000000aa',
  plugin: 'tasks',
  kind: 'reminder',
  kindTitle: 'A task is due',
  channels: ['in-app', 'email'],
  urgent: false,
  title: 'Cut webbing',
  body: 'Due today at 17:15.',
  link: '/tasks/0190a000-0000-7000-8000-000000000001',
  key: 'reminder-1',
  ...given,
});

/** What an e-mail is made of. */
export const anEmail = (given: Partial<Told> = {}): Told => ({
  kind_title: 'A task is due',
  title: 'Cut webbing',
  body: 'Due today at 17:15.',
  link: '/tasks/0190a000-0000-7000-8000-000000000001',
  created_at: '2026-11-25T10:30:00Z',
  ...given,
});
