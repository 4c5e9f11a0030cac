import { setQuery, useMe, usePlace, useTelephone, useTimeStyle } from '@task-connect/console';
import { useEffect } from 'react';
import { useBlocksBetween } from '../panel/panel-queries.ts';
import { useTasks } from '../queries.ts';
import { useRunning, useWorkBetween } from '../work-queries.ts';
import { type CalendarItem, itemsOfBlock, itemsOfTask, itemsOfWork } from './calendar-item.ts';
import { type CalendarView, daysShown, turned } from './calendar-range.ts';

const views: readonly CalendarView[] = ['month', 'week', 'day'];

/** What the calendar shows; it stands in the address. */
export function useCalendarPlace() {
  const { query } = usePlace();
  const { zone, now } = useTimeStyle();
  const { weekStart } = useMe();
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const telephone = useTelephone();
  const view = views.find((one) => one === query.get('view')) ?? (telephone ? 'day' : 'week');
  const day = dateOf(query.get('date')) ?? today;
  const go = (to: { view?: CalendarView; day?: Temporal.PlainDate }) =>
    setQuery({ view: to.view ?? view, date: (to.day ?? day).toString() });
  return {
    view,
    day,
    today,
    days: daysShown(view, day, weekStart),
    mine: query.get('everybody') !== '1',
    project: query.get('project'),
    open: query.get('task'),
    go,
    turn: (by: 1 | -1) => go({ day: turned(view, day, by) }),
    set: setQuery,
  };
}

export type CalendarPlace = ReturnType<typeof useCalendarPlace>;

function dateOf(text: string | null): Temporal.PlainDate | undefined {
  try {
    return text === null ? undefined : Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}

/** Everything that stands in the days shown. */
export function useCalendarItems({ days, mine, project }: CalendarPlace) {
  const { id } = useMe();
  const { zone, now } = useTimeStyle();
  const first = days[0]!;
  const last = days.at(-1)!;
  const tasks = useTasks({
    status: 'open,active,waiting,done',
    project,
    assignee: mine ? id : null,
    text: '',
    sort: 'due',
    limit: 200,
    dueAfter: first.subtract({ days: 1 }).toString(),
    dueBefore: last.add({ days: 1 }).toString(),
  });
  const { more } = tasks;
  useEffect(() => more?.(), [more]);
  const work = useWorkBetween(first.toString(), last.toString());
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant().toString();
  const planned = useBlocksBetween(start(first), start(last.add({ days: 1 })));
  const running = useRunning();
  const seen = new Set(days.map((day) => day.toString()));
  const titles = new Map(tasks.data?.map((task) => [task.id, task.title]));
  const logs = [...(work.data ?? []).filter((log) => log.id !== running?.id), ...(running ? [running] : [])];
  const items: CalendarItem[] = [
    ...(tasks.data ?? []).flatMap((task) => itemsOfTask(task, zone)),
    ...(planned.data?.items ?? []).flatMap((block) => itemsOfBlock(block, zone)),
    ...logs.flatMap((log) => itemsOfWork(log, titles.get(log.task ?? '') ?? log.note, now, zone)),
  ].filter(({ date }) => seen.has(date));
  return {
    items,
    loading: tasks.loading,
    problem: tasks.problem ?? work.problem ?? planned.problem,
    refresh: tasks.refresh,
  };
}
