import { translator } from '@task-connect/console';

/** The sentences of the tasks plugin. */
export const t = translator('tasks');
