/** The next quarter of an hour, as a field for date and time has it. */
export function nextFree(now: Temporal.ZonedDateTime): string {
  const rounded = now.round({ smallestUnit: 'minute', roundingIncrement: 15, roundingMode: 'ceil' });
  return rounded.toPlainDateTime().toString({ smallestUnit: 'minute' });
}
