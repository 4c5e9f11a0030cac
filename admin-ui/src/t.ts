// Not from the whole of the kit: what says something can then be tested without a browser.
import { translator } from '@task-connect/console/words';

/** The sentences of the console itself. */
export const t = translator('console');
