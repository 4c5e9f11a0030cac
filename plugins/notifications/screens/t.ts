import { translator } from '@task-connect/console';

/** The sentences of the notifications plugin. */
export const t = translator('notifications');
