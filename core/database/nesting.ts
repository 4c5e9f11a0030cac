import { AsyncLocalStorage } from 'node:async_hooks';

// How many connections whoever asks for one holds already: a handler that calls another plugin holds its own while it
// waits for the other's. The pool keeps places for those, or all would wait for one another.

const held = new AsyncLocalStorage<number>();

/** Of the code that runs now. */
export const heldConnections = (): number => held.getStore() ?? 0;

/** Runs what happens while one more connection is held. */
export const whileHolding = <T>(work: () => T): T => held.run(heldConnections() + 1, work);

/** Runs what holds none of those that the code holds that starts it, such as a loop that is woken by it. */
export const holdingNone = <T>(work: () => T): T => held.run(0, work);
