// The few words in which Todoist writes dates, in English and German.

export const weekdays: readonly (readonly string[])[] = [
  ['monday', 'mon', 'montag', 'montags', 'mo'],
  ['tuesday', 'tue', 'tues', 'dienstag', 'dienstags', 'di'],
  ['wednesday', 'wed', 'mittwoch', 'mittwochs', 'mi'],
  ['thursday', 'thu', 'thur', 'thurs', 'donnerstag', 'donnerstags', 'do'],
  ['friday', 'fri', 'freitag', 'freitags', 'fr'],
  ['saturday', 'sat', 'samstag', 'samstags', 'sonnabend', 'sa'],
  ['sunday', 'sun', 'sonntag', 'sonntags', 'so'],
];
export const dayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const months: readonly (readonly string[])[] = [
  ['january', 'jan', 'januar'],
  ['february', 'feb', 'februar'],
  ['march', 'mar', 'märz', 'mär', 'mrz'],
  ['april', 'apr'],
  ['may', 'mai'],
  ['june', 'jun', 'juni'],
  ['july', 'jul', 'juli'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['october', 'oct', 'oktober', 'okt'],
  ['november', 'nov'],
  ['december', 'dec', 'dezember', 'dez'],
];

/** 1 is Monday. */
export const weekdayOf = (word: string): number | undefined => placeOf(weekdays, word);
export const monthOf = (word: string): number | undefined => placeOf(months, word);

function placeOf(lists: readonly (readonly string[])[], word: string): number | undefined {
  const index = lists.findIndex((names) => names.includes(word.toLowerCase().replace(/[.,]$/, '')));
  return index === -1 ? undefined : index + 1;
}

export const units = {
  DAILY: /^(days?|tage?n?)$/,
  WEEKLY: /^(weeks?|wochen?)$/,
  MONTHLY: /^(months?|monate?n?)$/,
  YEARLY: /^(years?|jahre?n?)$/,
} as const;

export const alone: Record<string, keyof typeof units> = {
  daily: 'DAILY',
  täglich: 'DAILY',
  weekly: 'WEEKLY',
  wöchentlich: 'WEEKLY',
  monthly: 'MONTHLY',
  monatlich: 'MONTHLY',
  yearly: 'YEARLY',
  jährlich: 'YEARLY',
};
