import { translator } from '@task-connect/console';

/** The sentences of this plugin. */
export const t = translator('field-notes');
