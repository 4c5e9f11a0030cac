import type { Log } from '@task-connect/sdk';
import { holdingNone } from '../database/nesting.ts';
import { endsWithin } from '../database/patience.ts';

// A loop that works when it is woken and rests otherwise. It promises that a wake during the work is not missed, that
// an error only delays it, and that a sweep finds what no wake told of (another process, a lost notification).

export type Pump = {
  wake(): void;
  /** For tests: resolves when there is nothing to do; as long as the work fails, that is not so. */
  idle(): Promise<void>;
  /** Resolves when it rests, also from an error. */
  rest(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export function makePump(needs: {
  name: string;
  /** Does one piece; true when there may be more. */
  work: () => Promise<boolean>;
  log: Log;
  sweepMilliseconds?: number;
  /** How long its end waits for work that is under way. */
  endMilliseconds?: number;
}): Pump {
  let running: Promise<void> | undefined;
  let woken = false;
  let ended = false;
  let failures = 0;
  let pause: NodeJS.Timeout | undefined;
  const sweep = setInterval(wake, needs.sweepMilliseconds ?? 1000);
  sweep.unref();

  async function loop(): Promise<void> {
    while (woken && !ended) {
      woken = false;
      try {
        if (await needs.work()) woken = true;
        failures = 0;
      } catch (error) {
        if (ended) return;
        failures += 1;
        needs.log.warn({ pump: needs.name, err: error, failures }, 'A background loop failed and will go on');
        const wait = Math.min(5000, 100 * 2 ** Math.min(failures, 6));
        pause = setTimeout(() => {
          pause = undefined;
          wake();
        }, wait);
        pause.unref();
        woken = false;
        return;
      }
    }
  }

  function wake(): void {
    if (ended) return;
    woken = true;
    if (running || pause) return;
    // Not as a part of what woke it: that may hold connections, and goes on meanwhile.
    running = holdingNone(loop).finally(() => {
      running = undefined;
      // Woken between the last look and here.
      if (woken && !pause) wake();
    });
  }

  return {
    wake,
    async idle() {
      while (running || pause) await (running ?? new Promise((resolve) => setTimeout(resolve, 50)));
    },
    async rest() {
      while (running) await running;
    },
    async [Symbol.asyncDispose]() {
      ended = true;
      clearInterval(sweep);
      clearTimeout(pause);
      pause = undefined;
      if (running && !(await endsWithin(needs.endMilliseconds ?? 30_000, running)))
        needs.log.warn({ pump: needs.name }, 'A background loop does not come to its end and is left behind');
    },
  };
}
