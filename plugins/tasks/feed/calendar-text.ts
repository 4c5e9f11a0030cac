import ICAL from 'ical.js';
import type { PlannedBlock } from '../plan/planned-block.ts';
import { mustRule } from '../recurrence/rule.ts';
import { daysAfter, type Series, whenOn } from '../recurrence/series.ts';
import type { FeedTask } from './feed-table.ts';

// A calendar (RFC 5545) of what is due and planned. Times are in UTC, so no program needs to know our zones; what repeats
// by the calendar is there with its next dates one by one, because a rule in UTC would drift when the clocks change.

/** How many dates ahead what repeats is shown. */
const ahead = 10;

export type CalendarPart = { tasks: readonly FeedTask[]; blocks: readonly PlannedBlock[]; publicUrl: string };

/** The calendar as text; `now` stamps it. */
export function calendarText({ tasks, blocks, publicUrl }: CalendarPart, now: Temporal.Instant): string {
  const calendar = new ICAL.Component('vcalendar');
  for (const [name, value] of [
    ['prodid', '-//Task Connect//Tasks//EN'],
    ['version', '2.0'],
    ['x-wr-calname', 'Task Connect'],
  ] as const)
    calendar.addPropertyWithValue(name, value);

  const add = (uid: string, title: string, link: string, when: (event: ICAL.Component) => void, notes = '') => {
    const event = new ICAL.Component('vevent');
    event.addPropertyWithValue('uid', uid);
    event.addPropertyWithValue('dtstamp', instant(now.toString()));
    event.addPropertyWithValue('summary', title);
    if (notes) event.addPropertyWithValue('description', notes);
    event.addPropertyWithValue('url', link);
    when(event);
    calendar.addSubcomponent(event);
  };

  for (const task of tasks) {
    const link = `${publicUrl}/tasks/${task.id}`;
    const first = task.due_at === null ? { date: task.due_on } : { at: task.due_at };
    for (const [index, when] of [first, ...later(task)].entries()) {
      const uid = `${task.id}${index === 0 ? '' : `-${index}`}@task-connect`;
      add(uid, task.title, link, (event) => event.addPropertyWithValue('dtstart', timeOf(when)), task.notes);
    }
  }
  for (const block of blocks) {
    add(`${block.id}@task-connect`, block.title, `${publicUrl}/tasks/${block.task}`, (event) => {
      event.addPropertyWithValue('dtstart', instant(block.startsAt));
      event.addPropertyWithValue('dtend', instant(block.endsAt));
    });
  }
  return `${calendar.toString()}\r\n`;
}

type When = { date: string } | { at: string };

const timeOf = (when: When) => ('date' in when ? ICAL.Time.fromDateString(when.date) : instant(when.at));

/** In UTC to the second: that is as fine as a calendar is. */
const instant = (at: string) =>
  ICAL.Time.fromDateTimeString(Temporal.Instant.from(at).toString({ smallestUnit: 'second' }));

function later(task: FeedTask): When[] {
  if (task.repeat_rule === null || task.repeat_from !== 'schedule') return [];
  const series: Series = {
    rule: mustRule(task.repeat_rule),
    from: 'schedule',
    on: task.series_on!,
    time: task.series_time,
    zone: task.series_zone!,
  };
  const dates = [];
  for (const date of daysAfter(series, task.slot_on!)) {
    dates.push(whenOn(series, date));
    if (dates.length === ahead) break;
  }
  return dates;
}
