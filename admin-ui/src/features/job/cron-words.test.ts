import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cronInWords } from './cron-words.ts';

const told: [cron: string, words: string | null][] = [
  ['* * * * *', 'every minute'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['0 * * * *', 'every hour, on the hour'],
  ['5,35 * * * *', 'every hour at :05 and :35'],
  ['17 3 * * *', 'every day at 3:17'],
  ['0 8,20 * * *', 'every day at 8:00 and 20:00'],
  ['30 7 * * 1-5', 'Mondays to Fridays at 7:30'],
  ['30 7 * * mon', 'Mondays at 7:30'],
  ['0 9 * * 0,7', 'Sundays at 9:00'],
  ['*/10 * * * 6', 'Saturdays, every 10 minutes'],
  ['0 */6 * * *', 'every 6 hours'],
  ['0 9-17 * * *', 'every hour from 9:00 to 17:00'],
  ['0 6 1 * *', 'on day 1 of each month at 6:00'],
  ['0 6 24 12 *', 'on 24 December at 6:00'],
  ['*/30 * * * * *', 'every 30 seconds'],
  ['0 0 4 * * *', 'every day at 4:00'],
  ['0 6 1 * 1', null],
  ['1-7 * * * *', null],
  ['0 0 L * *', null],
  ['nonsense', null],
];

test('a cron expression is said in words where few words do, and left as it is where they do not', () => {
  for (const [cron, words] of told) assert.equal(cronInWords(cron), words, cron);
});
