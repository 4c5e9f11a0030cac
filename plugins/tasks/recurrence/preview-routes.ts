import { tasks } from '../contract.ts';
import { columnsOfWhen, type NewWhen, whenOfColumns } from '../task/when.ts';
import { type NewRecurrence, Preview, PreviewRequest } from './recurrence.ts';
import { mustRule } from './rule.ts';
import { startOf, warningsOf } from './rule-warnings.ts';
import { nextOf, type Series, whenOn } from './series.ts';

/** The series of a rule that begins with `due`, written by somebody in `zone`. */
export function seriesOf({ rule, from }: NewRecurrence, due: NewWhen, writerZone: string): Series {
  const { on, at, zone } = columnsOfWhen(due, writerZone);
  return {
    rule: mustRule(rule),
    from,
    on: on!,
    time: at === null ? null : Temporal.Instant.from(at).toZonedDateTimeISO(zone!).toPlainTime().toString(),
    zone: zone!,
  };
}

/** The first due days of a series, each done on its day. */
export function firstDays(series: Series, count: number): string[] {
  const days = [series.on];
  for (let rule = series.rule; days.length < count; ) {
    const last = days.at(-1)!;
    const next = nextOf({ ...series, rule }, last, startOf(series, last));
    if (!next) break;
    days.push(next.date);
    rule = mustRule(next.rule);
  }
  return days;
}

export const previewRecurrence = tasks.route({
  method: 'POST',
  path: '/tasks/recurrence-preview',
  summary: 'Look at the next dates of a rule before it is saved',
  description: 'Nothing is kept. Warnings say what a person should decide first, such as what “day 31” means in June.',
  permission: 'tasks:read',
  body: PreviewRequest,
  returns: Preview,
  async handle({ body: { rule, from, due, count }, actor }) {
    const series = seriesOf({ rule, from }, due, actor.zone);
    const dates = firstDays(series, count).map((day) => {
      return whenOfColumns(columnsOfWhen(whenOn(series, day), series.zone))!;
    });
    return { rule, dates, warnings: warningsOf(series) };
  },
});
