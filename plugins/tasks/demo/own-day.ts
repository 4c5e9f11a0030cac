import type { DemoPerson } from '@task-connect/sdk';
import type { PlannedTask } from './plan-tasks.ts';

type Line = {
  title: string;
  project?: string;
  minutes: number;
  /** Days from today, and a time of that day. */
  due: number;
  time?: string;
  /** When it is planned for, today. */
  planned?: string;
  label?: string;
  status?: 'active';
  notes?: string;
  steps?: readonly string[];
  repeats?: string;
};

const lines: readonly Line[] = [
  {
    title: 'Cut webbing, chairs 9–16',
    project: 'Harbour Hotel lobby',
    minutes: 90,
    due: 0,
    status: 'active',
    label: 'lobby',
    planned: '10:00',
  },
  {
    title: 'Send Tamblyn the second quote',
    minutes: 15,
    due: -1,
    label: 'sales',
    notes: 'With the price for brass castors.',
  },
  {
    title: 'Recount hours for wing chairs',
    project: 'Spring price list',
    minutes: 90,
    due: 0,
    planned: '15:30',
    label: 'prices',
  },
  {
    title: 'Book the van for Thursday',
    project: 'Move to Quay Street',
    minutes: 10,
    due: 0,
    time: '12:00',
    label: 'van',
  },
  {
    title: 'Oil the cutting table',
    project: 'Workshop upkeep',
    minutes: 20,
    due: 0,
    repeats: 'FREQ=WEEKLY;INTERVAL=2',
  },
  {
    title: 'Sign for the door',
    project: 'Move to Quay Street',
    minutes: 120,
    due: 2,
    steps: ['Choose the letters', 'Order the brass', 'Drill', 'Hang'],
  },
  { title: 'Ask the hotel for the lift times', project: 'Harbour Hotel lobby', minutes: 15, due: 1, label: 'lobby' },
];

/** The day of seeding, of the one who signs in. */
export function ownDay(who: DemoPerson, now: Temporal.Instant): PlannedTask[] {
  const today = now.toZonedDateTimeISO(who.zone).toPlainDate();
  const at = (date: Temporal.PlainDate, time: string) => ({
    at: date.toZonedDateTime({ timeZone: who.zone, plainTime: time }).toInstant().toString(),
    zone: who.zone,
  });
  return lines.map((line, index) => {
    const date = today.add({ days: line.due });
    const made = now.subtract({ hours: 24 * (3 + index) });
    return {
      key: `own-${index}`,
      by: who,
      of: who,
      at: made,
      project: line.project ?? null,
      new: {
        title: line.title,
        notes: line.notes ?? '',
        priority: 'none',
        labels: line.label ? [line.label] : [],
        due: line.time ? at(date, line.time) : { date: date.toString() },
        estimateMinutes: line.minutes,
        checklist: (line.steps ?? []).map((text, index) => ({ text, done: index === 0 })),
        recurrence: line.repeats ? { rule: line.repeats, from: 'schedule' } : null,
        assigned: true,
      },
      ...(line.planned && {
        plan: { from: Temporal.Instant.from(at(today, line.planned).at), minutes: line.minutes },
      }),
      becomes: line.status ? { status: line.status, at: made.add({ hours: 2 }) } : null,
    };
  });
}
