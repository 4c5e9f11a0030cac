import { translator } from '../words/t.ts';

const t = translator('console');

/** How a person reads times: their locale, their zone, and the moment that counts as now. */
export type TimeStyle = { locale: string; zone: string; now: Temporal.Instant };

const formats = new Map<string, Intl.DateTimeFormat>();

// Making one costs more than a hundred uses of it.
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, options);
    formats.set(key, made);
  }
  return made;
}

const formatDate = (date: Temporal.PlainDate, locale: string, options: Intl.DateTimeFormatOptions) =>
  format(locale, { ...options, timeZone: 'UTC' }).format(Date.UTC(date.year, date.month - 1, date.day));

const today = (style: TimeStyle) => style.now.toZonedDateTimeISO(style.zone).toPlainDate();

/** `today`, `yesterday`, `Thu 14 Jan`; with the year when it is another one. */
export function dayText(date: Temporal.PlainDate, style: TimeStyle): string {
  const now = today(style);
  const away = now.until(date).days;
  if (away === 0) return t('today');
  if (away === 1) return t('tomorrow');
  if (away === -1) return t('yesterday');
  if (date.year !== now.year) {
    return formatDate(date, style.locale, { day: 'numeric', month: 'short', year: 'numeric' });
  }
  return formatDate(date, style.locale, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '');
}

/** `14:30`, or `2:30 pm` where that is usual. */
export const clockTime = (at: Temporal.Instant, style: TimeStyle): string =>
  format(style.locale, { hour: 'numeric', minute: '2-digit', timeZone: style.zone }).format(at.epochMilliseconds);

/** The same with seconds, for what happens within one: `14:30:05`. */
export const preciseTime = (at: Temporal.Instant, style: TimeStyle): string =>
  format(style.locale, { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZone: style.zone }).format(
    at.epochMilliseconds,
  );

/** An instant as a list shows it: `14:30` today, `yesterday 9:10`, `Thu 14 Jan`. */
export function momentText(at: Temporal.Instant, style: TimeStyle): string {
  const day = at.toZonedDateTimeISO(style.zone).toPlainDate();
  const away = Math.abs(today(style).until(day).days);
  if (away === 0) return clockTime(at, style);
  return away === 1 ? `${dayText(day, style)} ${clockTime(at, style)}` : dayText(day, style);
}

/** The whole of it, for a tooltip: date, time with seconds, zone. */
export const exactText = (at: Temporal.Instant, style: TimeStyle): string =>
  format(style.locale, { dateStyle: 'full', timeStyle: 'long', timeZone: style.zone }).format(at.epochMilliseconds);

/** `Tuesday, 12 January`: the title of a day. */
export const dayTitle = (date: Temporal.PlainDate, locale: string): string =>
  formatDate(date, locale, { weekday: 'long', day: 'numeric', month: 'long' });

/** How long ago or until: `4 min`, `14 h`, `3 d`; the largest unit alone. */
export function roughly(seconds: number): string {
  const away = Math.round(Math.abs(seconds));
  if (away < 60) return t('{n} s', { n: away });
  if (away < 59.5 * 60) return t('{n} min', { n: Math.round(away / 60) });
  if (away < 47.5 * 3600) return t('{n} h', { n: Math.round(away / 3600) });
  return t('{n} d', { n: Math.round(away / 86_400) });
}

/** A length of time in words: `45 min`, `2 h`, `1 h 30`. */
export function durationText(seconds: number): string {
  if (seconds < 0) return `−${durationText(-seconds)}`;
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return t('{n} min', { n: rest });
  return rest === 0 ? t('{n} h', { n: hours }) : t('{h} h {m}', { h: hours, m: String(rest).padStart(2, '0') });
}

/** A length of time as a running clock shows it: `0:42:18`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** The profile says a language; where people of it write dates in several ways, the browser knows which. A tag like en-US@posix is none. */
export const localeFor = (language: string, browser: readonly string[]): string =>
  language.includes('-')
    ? language
    : (browser.find((tag) => tag.startsWith(`${language}-`) && /^[\w-]+$/.test(tag)) ?? language);
