// Counts what runs inside a plugin, so that it leaves only when nothing does.

export type InFlight = {
  /** Counts one in until the function that it returns is called; undefined once it is closed. */
  enter(): (() => void) | undefined;
  /** Lets nobody in any more; resolves when all are out, or after so many milliseconds with how many are left. */
  close(milliseconds: number): Promise<number>;
};

export function makeInFlight(): InFlight {
  let count = 0;
  let closed = false;
  let empty: (() => void) | undefined;

  return {
    enter() {
      if (closed) return undefined;
      count += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        count -= 1;
        if (count === 0) empty?.();
      };
    },
    async close(milliseconds) {
      closed = true;
      if (count === 0) return 0;
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([
        new Promise<void>((resolve) => {
          empty = resolve;
        }),
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, milliseconds);
        }),
      ]);
      clearTimeout(timer);
      return count;
    },
  };
}
