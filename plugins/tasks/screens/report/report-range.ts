export type Step = 'day' | 'week' | 'month';

type Counted = { created: number; completed: number; overdue: number; trackedSeconds: number };
export type CountedDay = Counted & { date: string };
export type Stretch = Counted & { from: string };

/** How much of the time one bar stands for, so that there are not too many to read. */
export const stepOf = (days: number): Step => (days <= 45 ? 'day' : days <= 190 ? 'week' : 'month');

/** Days put together by weeks or months; sums stay what they are. */
export function gathered(days: readonly CountedDay[], step: Step, weekStart: number): Stretch[] {
  const startOf = ({ date }: CountedDay) => {
    const day = Temporal.PlainDate.from(date);
    if (step === 'month') return day.with({ day: 1 }).toString();
    return step === 'week' ? day.subtract({ days: (day.dayOfWeek - weekStart + 7) % 7 }).toString() : date;
  };
  return [...Map.groupBy(days, startOf)].map(([from, some]) => ({
    from,
    created: sum(some, 'created'),
    completed: sum(some, 'completed'),
    overdue: sum(some, 'overdue'),
    trackedSeconds: sum(some, 'trackedSeconds'),
  }));
}

const sum = (days: readonly CountedDay[], name: keyof Counted) => days.reduce((total, day) => total + day[name], 0);
