/**
 * Tells what is to be told to other processes; what cannot be told now, as while the database is away, is told again
 * until it was. Who asked for it does not wait longer than for the first attempt, and hears no fault.
 */
export function untilTold(tell: (message: string) => Promise<void>): AsyncDisposable & {
  announce(message: string): Promise<void>;
} {
  const untold = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  async function attempt(message: string): Promise<void> {
    try {
      await tell(message);
      untold.delete(message);
    } catch {
      untold.add(message);
      timer ??= setTimeout(again, 500).unref();
    }
  }

  function again(): void {
    timer = undefined;
    for (const message of untold) void attempt(message);
  }

  return {
    announce: attempt,
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
    },
  };
}
