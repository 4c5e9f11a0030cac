/** An instant as a field for date and time has it, in a zone: `2027-01-12T10:30`; empty without one. */
export function localOf(instant: string, zone: string): string {
  if (instant === '') return '';
  try {
    const there = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime();
    return there.toString({ smallestUnit: 'minute' });
  } catch {
    return '';
  }
}

/**
 * The instant of what such a field has; undefined while it is not whole. An hour that a clock change leaves out is the
 * one after it, and of an hour that comes twice the first is meant.
 */
export function instantOf(local: string, zone: string): string | undefined {
  if (local === '') return undefined;
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant().toString();
}
