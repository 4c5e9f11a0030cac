import { Forbidden, InvalidInput } from '@task-connect/sdk';
import { tasks } from '../contract.ts';
import { dayAt } from '../task/when.ts';
import { daysOf, daysWithCompleted } from './day-table.ts';
import { productivityOf } from './productivity.ts';
import { Productivity, ProductivityQuery } from './statistics.ts';
import { streakOf } from './streak.ts';

/** Two years, a leap one among them. */
const longest = 731;

export const getProductivity = tasks.route({
  method: 'GET',
  path: '/analytics/productivity',
  summary: 'Get what came of the days from one to another',
  description: 'Up to two years. Counted by events a moment after each change.',
  permission: 'tasks:read',
  query: ProductivityQuery,
  returns: Productivity,
  async handle({ query: { from, to, person = null }, actor }, { tx, clock }) {
    checkRange(from, to);
    const owner = { organisation: actor.organisation, person: person ?? actor.person };
    if (owner.person !== actor.person && !actor.may('work:see-others')) {
      throw new Forbidden({ permission: 'work:see-others' });
    }
    const today = dayAt(clock.now(), actor.zone);
    const { days, totals } = productivityOf(await daysOf(tx, owner, from, to), from, to, today);
    const streak = streakOf(await daysWithCompleted(tx, owner), today);
    return { from, to, person: owner.person, totals, days, streak };
  },
});

function checkRange(from: string, to: string): void {
  const days = Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days + 1;
  const detail =
    days < 1 ? 'The last day is before the first.' : `This is more than ${longest} days; ask for less at once.`;
  if (days < 1 || days > longest) throw new InvalidInput({ errors: [{ pointer: '/to', detail }] });
}
