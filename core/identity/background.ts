import type { Log } from '@task-connect/sdk';

// Work that goes on after its answer. A failure is logged; `settled` waits for what is under way.

export type Background = {
  run(work: () => Promise<unknown>): void;
  settled(): Promise<void>;
};

export function makeBackground(log: Log): Background {
  const running = new Set<Promise<unknown>>();
  return {
    run(work) {
      const done = work().catch((error) => log.error({ err: error }, 'Work behind a page of sign-in failed'));
      running.add(done);
      void done.finally(() => running.delete(done));
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
