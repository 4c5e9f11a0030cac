import { Forbidden, InvalidInput, notFound } from '@task-connect/sdk';
import { tasks } from '../contract.ts';
import { dayAt } from '../task/when.ts';
import { daysOf, daysWithCompleted, projectsOf } from './day-table.ts';
import { estimatesOf } from './estimate-table.ts';
import { productivityByProject, productivityOf } from './productivity.ts';
import { projectFigures } from './project-figures.ts';
import { figuresBelow, projectNames } from './project-figures-table.ts';
import { roundedOf } from './rounded-table.ts';
import { roundingOf } from './rounding.ts';
import { Productivity, ProductivityQuery, ProjectFigures } from './statistics.ts';
import { streakOf } from './streak.ts';

/** Two years, a leap one among them. */
const longest = 731;

export const getProductivity = tasks.route({
  method: 'GET',
  path: '/analytics/productivity',
  summary: 'Get what came of the days from one to another, by day and by project',
  description:
    'Up to two years. Counted by events a moment after each change. The answer names the unit that time is rounded to.',
  permission: 'tasks:read',
  query: ProductivityQuery,
  returns: Productivity,
  async handle({ query: { from, to, person = null, ...asked }, actor }, { tx, clock, settings }) {
    checkRange(from, to);
    const owner = { organisation: actor.organisation, person: person ?? actor.person };
    if (owner.person !== actor.person && !actor.may('work:see-others')) {
      throw new Forbidden({ permission: 'work:see-others' });
    }
    const today = dayAt(clock.now(), actor.zone);
    const rounding = roundingOf(asked, settings);
    const [dayRows, projectRows, estimateRows, completedOn, rounded] = await Promise.all([
      daysOf(tx, owner, from, to),
      projectsOf(tx, owner, from, to, today),
      estimatesOf(tx, owner, from, to),
      daysWithCompleted(tx, owner),
      rounding ? roundedOf(tx, owner, from, to, rounding) : undefined,
    ]);
    const names = await projectNames(
      tx,
      actor.organisation,
      projectRows.map((row) => row.project_id),
    );
    return {
      from,
      to,
      person: owner.person,
      rounding,
      ...productivityOf(dayRows, from, to, today, rounded),
      ...productivityByProject(projectRows, estimateRows, names, rounded),
      streak: streakOf(completedOn, today),
    };
  },
});

export const getProjectFigures = tasks.route({
  method: 'GET',
  path: '/analytics/projects/:projectId',
  summary: 'Get how far a project is, with all that lies in it',
  permission: 'tasks:read',
  returns: ProjectFigures,
  async handle({ params, actor }, { tx, clock }) {
    const id = params.projectId.toLowerCase();
    const rows = await figuresBelow(tx, actor.organisation, id, dayAt(clock.now(), actor.zone));
    return rows.length === 0 ? notFound('project', id) : projectFigures(rows, id);
  },
});

function checkRange(from: string, to: string): void {
  const days = Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days + 1;
  const detail =
    days < 1 ? 'The last day is before the first.' : `This is more than ${longest} days; ask for less at once.`;
  if (days < 1 || days > longest) throw new InvalidInput({ errors: [{ pointer: '/to', detail }] });
}
