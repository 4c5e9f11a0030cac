import { t } from '../../t.ts';
import type { Health } from './queries.ts';

/** How things stand, as the sentence that heads the page. */
export function verdictOf({ parts }: Health): string {
  const failed = parts.filter((part) => part.state === 'failed');
  const unwell = parts.filter((part) => part.state !== 'ok');
  if (unwell.length === 0) return t('Everything is well');
  if (failed.length > 0) {
    return t(
      { one: '{name} has failed', other: '{count} parts have failed' },
      { count: failed.length, name: partTitle(failed[0]!.name) },
    );
  }
  return t({ one: 'All but one part is well', other: 'All but {count} parts are well' }, { count: unwell.length });
}

/** A part’s name as a person reads it: `event-bus` → `Event bus`. */
export const partTitle = (name: string): string => {
  const words = name.replaceAll(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
