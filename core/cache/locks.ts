// The port to locks that processes share. A lock is for doing a piece of work once; it does not make work exclusive, since
// its holder may have stood still past the end. So each taking has a fence that grows: what the work writes is to be
// written only where the lock still has that fence.

export type Lock = {
  /** Greater than that of any earlier taking of the same name. */
  readonly fence: string;
  /** Gives it back, if it is still ours. */
  release(): Promise<void>;
};

export type Locks = {
  /** undefined: somebody else has it. It ends by itself after the time. */
  take(name: string, milliseconds: number): Promise<Lock | undefined>;
};
