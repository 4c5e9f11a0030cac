import { clockTime, dayText, type TimeStyle } from '@task-connect/console';
import { instantAt, type Place } from './calendar-item.ts';

/** `Thu 14 Jan`, `tomorrow 14:15`. */
export function placeText({ date, from }: Place, style: TimeStyle): string {
  const day = dayText(Temporal.PlainDate.from(date), style);
  return from === null ? day : `${day} ${clockTime(instantAt({ date, from }, style.zone), style)}`;
}
