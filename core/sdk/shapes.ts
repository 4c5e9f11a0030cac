import { z } from 'zod';

// Shapes that every plugin needs and that JSON has no words for. Text is checked here once: PostgreSQL stores
// neither NUL nor half a surrogate pair, and a client should hear that as a 4xx with the field's name.

const storable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/** Text that can be stored: well-formed Unicode without NUL, `max` in UTF-16 code units. */
export const text = (max: number) =>
  z.string().max(max).refine(storable, { error: 'This holds a NUL or half a character; send well-formed Unicode.' });

/** One line of text, trimmed, at least one character. */
export const line = (max: number) =>
  text(max)
    .trim()
    .min(1)
    .refine((value) => !/[\r\n]/.test(value), { error: 'This is one line: leave out the line breaks.' });

/** A date without a time, `2027-03-14` (RFC 3339 full-date); a real one, so 30 February is refused. */
export const plainDate = () =>
  z.iso.date().refine((value) => storableYear(value) && isReal(() => Temporal.PlainDate.from(value)), {
    error: 'There is no such date between the years 1 and 9999.',
  });

/** An instant, `2027-03-14T09:30:00Z` or with an offset (RFC 3339); given back in UTC. */
export const instant = () =>
  z.iso
    .datetime({ offset: true })
    .refine((value) => storableYear(inUtc(value) ?? ''), {
      error: 'There is no such time between the years 1 and 9999; a second has nine decimals at most.',
    })
    .overwrite((value) => inUtc(value) ?? value);

/** In UTC, since an offset may lead into another year; undefined for what is no instant. */
function inUtc(value: string): string | undefined {
  try {
    return Temporal.Instant.from(value).toString();
  } catch {
    return undefined;
  }
}

// PostgreSQL has no year 0, and writes those above 9999 in another form.
const storableYear = (value: string): boolean => /^(?!0000)\d{4}-/.test(value);

const zoneNames = new Set(Intl.supportedValuesOf('timeZone'));

/** The name of a zone of the IANA database, `Europe/Berlin`; aliases such as `Asia/Calcutta` are taken, offsets are not. */
export const zone = () =>
  z
    .string()
    .max(64)
    .refine(
      (value) =>
        zoneNames.has(value) ||
        (/^[A-Za-z][A-Za-z_+-]*(\/|$)/.test(value) && isReal(() => Temporal.Now.zonedDateTimeISO(value))),
      {
        error: 'There is no such time zone; give an IANA name such as Europe/Berlin.',
      },
    );

function isReal(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}
