import type { JsonSchema } from '@task-connect/console';
import { t } from '../../t.ts';

const days = [t('Monday'), t('Tuesday'), t('Wednesday'), t('Thursday'), t('Friday'), t('Saturday'), t('Sunday')];

const locales: Record<string, string> = {
  'en-GB': t('English, 31 December, 14:30'),
  'en-US': t('English, December 31, 2:30 PM'),
  en: t('English, as the browser writes dates'),
  'de-DE': t('Dates as in German'),
  'fr-FR': t('Dates as in French'),
  'es-ES': t('Dates as in Spanish'),
  'sv-SE': t('Dates as in Swedish, 2026-12-31'),
};

/** The form of one’s own profile. One’s own values are offered even where the lists do not have them. */
export const profileSchema = (own: { zone: string; locale: string }): JsonSchema => ({
  type: 'object',
  required: ['name', 'zone', 'locale', 'weekStart'],
  properties: {
    name: { title: t('Name'), description: t('As others see it.'), type: 'string', minLength: 1, maxLength: 120 },
    zone: {
      title: t('Time zone'),
      description: t('Decides what “today” is, and when reminders come.'),
      type: 'string',
      enum: [...new Set([own.zone, ...Intl.supportedValuesOf('timeZone'), 'UTC'])],
    },
    locale: {
      title: t('Dates and numbers'),
      type: 'string',
      enum: [...new Set([...Object.keys(locales), own.locale])],
      titles: locales,
    },
    weekStart: {
      title: t('The week begins on'),
      type: 'string',
      enum: days.map((_, index) => String(index + 1)),
      titles: Object.fromEntries(days.map((day, index) => [String(index + 1), day])),
    },
  },
});
