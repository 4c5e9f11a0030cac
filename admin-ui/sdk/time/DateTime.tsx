import { dayText, exactText, momentText } from './format.ts';
import { useTimeStyle } from './now.ts';

/** An instant, relative to now in the person’s zone; exact on hover. */
export function DateTime({ at, className }: { at: string; className?: string }) {
  const style = useTimeStyle();
  const instant = Temporal.Instant.from(at);
  return (
    <time dateTime={at} title={exactText(instant, style)} className={className}>
      {momentText(instant, style)}
    </time>
  );
}

/** A date without a time; it is the same date in every zone. */
export function Day({ date, className }: { date: string; className?: string }) {
  const style = useTimeStyle();
  return (
    <time dateTime={date} className={className}>
      {dayText(Temporal.PlainDate.from(date), style)}
    </time>
  );
}
