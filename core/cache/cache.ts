import type { Cache } from '@task-connect/sdk';

// The port to the cache. It promises that a value is made once however many ask for it at the same time, is never given
// out after its time or after its tag was invalidated, and that a failure to make it is not kept. It may forget anything
// at any time. Values are plain data and are not to be changed by those who get them.

export type SharedCache = Cache & {
  /** Forgets all of it, as when word of changes elsewhere may have been missed. */
  forgetAll(): Promise<void>;
  /** What another process announced. */
  forget(message: string): void;
  /** Whether it is sure that all is heard that others announce; while it is not, nothing is given out from before. */
  hears(on: boolean): void;
};
