import type { PlannedBlock, Task, WorkLog } from '../queries.ts';

// What stands in the calendar: a piece of a day in wall-clock time of the person’s zone. A day of 23 or 25 hours has the
// same 24 on its ruler; what lies in the hour that comes twice stands where the clock on the wall showed it.

/** Minutes since midnight as the clock on the wall shows them. */
export type Minutes = number;

export type CalendarItem = {
  key: string;
  kind: 'due' | 'planned' | 'work' | 'running';
  title: string;
  /** `2027-03-28` */
  date: string;
  /** Null for a day without a time. */
  from: Minutes | null;
  to: Minutes | null;
  done: boolean;
  task: Task | null;
  log: WorkLog | null;
  block: PlannedBlock | null;
  /** The piece with which it begins: the others of a stretch over midnight move with it. */
  first: boolean;
};

const dayLength = 1440;
/** So that one can see and hold it. */
const shortest = 15;

const minutesOf = (at: Temporal.ZonedDateTime): Minutes => at.hour * 60 + at.minute;

/** A stretch of time cut at the midnights of a zone. */
export function pieces(
  from: Temporal.Instant,
  to: Temporal.Instant,
  zone: string,
): { date: string; from: Minutes; to: Minutes }[] {
  const start = from.toZonedDateTimeISO(zone);
  const end = to.toZonedDateTimeISO(zone);
  const found = [];
  for (
    let day = start.toPlainDate();
    Temporal.PlainDate.compare(day, end.toPlainDate()) <= 0;
    day = day.add({ days: 1 })
  ) {
    const begins = day.equals(start.toPlainDate()) ? minutesOf(start) : 0;
    const ends = day.equals(end.toPlainDate()) ? minutesOf(end) : dayLength;
    if (ends === 0 && found.length > 0) break;
    // Where the clock is set back a stretch may end before it began, as the wall shows it.
    const last = Math.max(ends, begins + shortest);
    found.push({ date: day.toString(), from: Math.min(begins, dayLength - shortest), to: Math.min(last, dayLength) });
  }
  return found;
}

type Base = Omit<CalendarItem, 'key' | 'date' | 'from' | 'to' | 'first'>;

const stretch = (id: string, base: Base, from: Temporal.Instant, to: Temporal.Instant, zone: string): CalendarItem[] =>
  pieces(from, to, zone).map((piece, index) => ({ ...base, ...piece, key: `${id} ${index}`, first: index === 0 }));

/** When a task is due. */
export function itemsOfTask(task: Task, zone: string): CalendarItem[] {
  const done = task.status === 'done' || task.status === 'cancelled';
  const base = { title: task.title, done, task, log: null, block: null };
  const items: CalendarItem[] = [];
  if (task.due && 'date' in task.due) {
    const { date } = task.due;
    items.push({ ...base, kind: 'due', key: `${task.id} due`, date, from: null, to: null, first: true });
  } else if (task.due) {
    const at = Temporal.Instant.from(task.due.at);
    items.push(...stretch(`${task.id} due`, { ...base, kind: 'due' }, at, at, zone));
  }
  return items;
}

/** When one means to work on something. */
export function itemsOfBlock(block: PlannedBlock, zone: string): CalendarItem[] {
  const base = { kind: 'planned', title: block.title, done: block.done, task: null, log: null, block } as const;
  return stretch(block.id, base, Temporal.Instant.from(block.startsAt), Temporal.Instant.from(block.endsAt), zone);
}

/** The time that was taken down, or is being taken down until now. */
export function itemsOfWork(log: WorkLog, title: string, now: Temporal.Instant, zone: string): CalendarItem[] {
  const from = Temporal.Instant.from(log.startedAt);
  const to = log.endedAt ? Temporal.Instant.from(log.endedAt) : now;
  const kind = log.endedAt ? 'work' : 'running';
  return stretch(log.id, { title, done: false, task: null, log, block: null, kind }, from, to, zone);
}

/** Where something is put: a day, and a time of it or none. */
export type Place = { date: string; from: Minutes | null };

/** The instant of a place; a time that the clock skips is the one after the gap, one that comes twice is the first. */
export const instantAt = ({ date, from }: { date: string; from: Minutes }, zone: string): Temporal.Instant =>
  Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone: zone, plainTime: { hour: Math.floor(from / 60), minute: from % 60 } })
    .toInstant();

/** A step by key: days to the side, a quarter of an hour up and down; a day without a time moves by weeks up and down. */
export function stepped(place: Place, key: string, by: 'quarters' | 'weeks'): Place | undefined {
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: by === 'weeks' ? -7 : 0, ArrowDown: by === 'weeks' ? 7 : 0 }[
    key
  ];
  if (days === undefined) return undefined;
  if (days !== 0) return { ...place, date: Temporal.PlainDate.from(place.date).add({ days }).toString() };
  if (place.from === null) return place;
  const from = place.from + (key === 'ArrowUp' ? -15 : 15);
  return { ...place, from: Math.min(dayLength - shortest, Math.max(0, from - (from % 15))) };
}

/** Side by side where they overlap: for each the column it stands in, and how many there are. */
export function lanesOf<Item extends { from: Minutes | null; to: Minutes | null }>(
  items: readonly Item[],
): Map<Item, { lane: number; lanes: number }> {
  const placed = new Map<Item, { lane: number; lanes: number }>();
  let group: Item[] = [];
  let ends: Minutes[] = [];
  const close = () => {
    for (const item of group) placed.get(item)!.lanes = ends.length;
    group = [];
    ends = [];
  };
  for (const item of items.toSorted((a, b) => a.from! - b.from! || b.to! - a.to!)) {
    if (ends.length > 0 && ends.every((end) => end <= item.from!)) close();
    const free = ends.findIndex((end) => end <= item.from!);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = item.to!;
    placed.set(item, { lane, lanes: 1 });
    group.push(item);
  }
  close();
  return placed;
}
