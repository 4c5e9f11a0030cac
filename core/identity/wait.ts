import type { Clock } from '@task-connect/sdk';

/** How long until one may try again, for people and for programs. */
export type WaitText = { sentence(until: Temporal.Instant): string; seconds(until: Temporal.Instant): string };

export function makeWaitText(clock: Clock): WaitText {
  const secondsUntil = (until: Temporal.Instant) =>
    Math.max(1, Math.ceil((until.epochMilliseconds - clock.now().epochMilliseconds) / 1000));
  return {
    seconds: (until) => String(secondsUntil(until)),
    sentence(until) {
      const seconds = secondsUntil(until);
      const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
      return `Too many attempts. The next is possible in ${wait}.`;
    },
  };
}
