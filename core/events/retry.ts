// When a handler that failed runs again. Too eager, and a neighbour that is down is hammered; too slow, and a blink of
// the network costs minutes. Eight attempts span about 25 minutes, after which a person is the better judge.

const delays = [1, 4, 16, 64, 256, 600, 600];

export const attemptsAllowed = delays.length + 1;

/**
 * Seconds until the next attempt after `attempts` have failed, or undefined when that was the last.
 * Half of each delay is random, so that what failed together does not come back together.
 */
export function secondsUntilRetry(attempts: number, random: () => number): number | undefined {
  const delay = delays[attempts - 1];
  return delay === undefined ? undefined : delay / 2 + (delay / 2) * random();
}

/** An error that no repetition mends: the message goes to the dead letters at once. */
export class Hopeless extends Error {
  override name = 'Hopeless';
}
