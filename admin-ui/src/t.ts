import { translator } from '@task-connect/console';

/** The sentences of the console itself. */
export const t = translator('console');
