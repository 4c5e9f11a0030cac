import { translator } from '@task-connect/console';

/** The sentences of the notes plugin. */
export const t = translator('notes');
