import { durationText, useTelephone, useTimeStyle } from '@task-connect/console';
import { DayLine } from './DayLine.tsx';
import { blocksOf } from './day-blocks.ts';
import css from './day-line.module.css';
import { useBlocksBetween } from './panel/panel-queries.ts';
import { useDoneTasks, useToday } from './queries.ts';
import { t } from './t.ts';
import { useWorkOn } from './work-queries.ts';

/** The day as a ruler: what was tracked, what runs, what is planned; the sums stand below as words. */
export function DayLineWidget() {
  const { now: instant, zone } = useTimeStyle();
  const now = instant.toZonedDateTimeISO(zone);
  const day = useToday();
  const work = useWorkOn(now.toPlainDate().toString());
  // Its block keeps its name when a task is over.
  const done = useDoneTasks();
  const midnight = now.startOfDay();
  const plans = useBlocksBetween(midnight.toInstant().toString(), midnight.add({ days: 1 }).toInstant().toString());
  const telephone = useTelephone();
  const { blocks, tracked, planned } = blocksOf(
    {
      logs: work.data?.items ?? [],
      planned: plans.data?.items ?? [],
      tasks: [
        ...(day.data ? [...day.data.overdue, ...day.data.due, ...day.data.started] : []),
        ...(done.data?.items ?? []),
      ],
    },
    now,
  );
  return (
    <div>
      <DayLine blocks={blocks} now={now} sparse={telephone} />
      <p className={css.legend}>
        <span>
          <i data-kind="tracked" />
          {t('Tracked')} <b>{durationText(tracked)}</b>
        </span>
        <span>
          <i data-kind="planned" />
          {t('Planned')} <b>{durationText(planned)}</b>
        </span>
      </p>
    </div>
  );
}
