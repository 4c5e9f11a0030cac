import { consequencesOf } from './board-consequence.ts';
import { statusTitles } from './status-title.ts';
import { t } from './t.ts';

/** A move on the board and what it brings, in sentences. */
export function sayMove(move: Parameters<typeof consequencesOf>[0]): string {
  const column = statusTitles[move.over];
  const { count, limit } = move.column;
  const sentences = {
    stays: () => t('Stays in {column}.', { column }),
    moves: () => t('To {column}.', { column }),
    'timer-starts': () => t('Your timer starts.'),
    'timer-changes': () => t('Your timer leaves what it runs on and starts here.'),
    'timer-stops': () => t('Your timer stops.'),
    repeats: () => t('The next one comes by its rule.'),
    'too-many': () => t('That is {count} of {limit}.', { count: count + 1, limit: limit ?? 0 }),
  };
  return consequencesOf(move)
    .map((one) => sentences[one]())
    .join(' ');
}
