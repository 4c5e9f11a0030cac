import { setTimeout as pause } from 'node:timers/promises';

/** Resolves when `is` holds, which is asked again and again; fails with `what` when it does not within the time. */
export async function until(is: () => boolean | Promise<boolean>, what = 'it', seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await is())) {
    if (performance.now() > end) throw new Error(`${what} did not come about within ${seconds} s.`);
    await pause(20);
  }
}
