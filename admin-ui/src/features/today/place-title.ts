import { t } from '../../t.ts';
import type { Place } from './arrangement.ts';

const titles: Record<Place, string> = {
  head: t('across the page'),
  start: t('first column'),
  main: t('middle column'),
  end: t('last column'),
};

/** A place of Today, in words. */
export const placeTitle = (place: Place): string => titles[place];
