/**
 * What processes tell each other of what they read a moment ago. It promises a true age and never to fail: what it
 * cannot tell is undefined. Who takes it decides how old is too old; nothing is kept for more than a second.
 */
export type SharedSecond = {
  get(key: string): Promise<{ value: unknown; age: number } | undefined>;
  /** `age` in milliseconds, from before it was read. */
  put(key: string, value: unknown, age: number): void;
  forget(key: string): void;
};
