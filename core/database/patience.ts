// Waiting for what may never end, such as the code of a plugin.

/** Whether work comes to its end within so long, by success or error. Where it does not, it goes on. */
export async function endsWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(late.resolve, milliseconds, false);
  const end = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([end, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** The value of work; an error that says what did not end in time. */
export async function within<T>(milliseconds: number, work: Promise<T>, what: string): Promise<T> {
  if (await endsWithin(milliseconds, work)) return work;
  throw new Error(`${what} within ${milliseconds / 1000} s.`);
}
