import type { Demo, DemoOrganisation, DemoPerson, DemoWorld } from '@task-connect/sdk';
import type { tasks } from './contract.ts';
import { boats } from './demo/boats.ts';
import { ceramics } from './demo/ceramics.ts';
import { inOrder, type Step } from './demo/in-order.ts';
import { ownDay } from './demo/own-day.ts';
import { type PlannedTask, planTasks } from './demo/plan-tasks.ts';
import { type PlannedWork, planWork } from './demo/plan-work.ts';
import { remindAll } from './demo/remind-all.ts';
import type { Trade } from './demo/trade.ts';
import { upholstery } from './demo/upholstery.ts';
import type { Project } from './project/project.ts';
import type { Task } from './task/task.ts';

// A year of three firms: projects, two thousand tasks and what became of them, and the time that nine people took down.

type World = DemoWorld<typeof tasks.contract>;

const trades: Record<DemoOrganisation['trade'], Trade> = { upholstery, boats, ceramics };

/** How many of a firm take down their time. */
const trackers: Record<DemoOrganisation['trade'], number> = { upholstery: 4, boats: 3, ceramics: 2 };

export const demo: Demo<typeof tasks.contract> = {
  async tell(world) {
    const ids = new Map<PlannedTask, string>();
    const steps: Step[] = [];
    const counts = { projects: 0, tasks: 0, 'work logs': 0 };
    for (const organisation of world.organisations) {
      const trade = trades[organisation.trade];
      const [owner] = organisation.people;
      const own = organisation.trade === 'upholstery' ? ownDay(owner!, world.now) : [];
      const some = { ...trade, tasks: trade.tasks - own.length };
      const planned = [...planTasks(organisation, some, world.now, world.random), ...own];
      const work = organisation.people
        .slice(0, trackers[organisation.trade])
        .flatMap((person) => planWork(person, planned, trade, world.now, world.random));
      const projects = await makeProjects(world, trade, owner!);
      steps.push(...stepsOf(world, { projects, planned, work, ids }));
      counts.projects += projects.size;
      counts.tasks += planned.length;
      counts['work logs'] += work.length;
    }
    await inOrder(steps);
    await remindAll(
      world,
      [...ids].map(([task, id]) => ({ task, id })),
    );
    return counts;
  },
};

/** By name, as of a little more than a year ago. */
async function makeProjects(world: World, trade: Trade, owner: DemoPerson): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { name, parent, notes } of trade.projects) {
    const body = { name, notes, parent: parent ? ids.get(parent) : null };
    const at = world.now.subtract({ hours: 24 * 366 });
    ids.set(name, (await world.ask<Project>(owner, at, { method: 'POST', path: '/projects', body })).id);
  }
  return ids;
}

function stepsOf(
  world: World,
  given: {
    projects: Map<string, string>;
    planned: readonly PlannedTask[];
    work: readonly PlannedWork[];
    ids: Map<PlannedTask, string>;
  },
): Step[] {
  const { projects, planned, work, ids } = given;
  const byKey = new Map(planned.map((task) => [task.key, task]));
  const nameOf = ({ key, by }: PlannedTask) => `${by.organisation} ${key}`;

  const added = planned.map(
    (task): Step => ({
      at: task.at,
      name: nameOf(task),
      after: [],
      async run() {
        const { assigned, ...rest } = task.new;
        const project = task.project && projects.get(task.project);
        const body = { ...rest, project, assignee: assigned ? task.of.person : null };
        ids.set(task, (await world.ask<Task>(task.by, task.at, { method: 'POST', path: '/tasks', body })).id);
      },
    }),
  );
  const became = planned.flatMap((task): Step[] => {
    const { becomes, of } = task;
    if (!becomes) return [];
    const run = () =>
      world.ask(of, becomes.at, {
        method: 'PATCH',
        path: `/tasks/${ids.get(task)}`,
        body: { status: becomes.status },
      });
    return [{ at: becomes.at, name: nameOf(task), after: [], run }];
  });
  const intended = planned.flatMap((task): Step[] => {
    const { plan, of, at } = task;
    if (!plan) return [];
    const startsAt = plan.from.toString();
    const body = { startsAt, endsAt: plan.from.add({ minutes: plan.minutes }).toString() };
    const run = () => world.ask(of, at, { method: 'POST', path: `/tasks/${ids.get(task)}/planned-blocks`, body });
    return [{ at, name: nameOf(task), after: [], run }];
  });
  const tracked = work.map(({ of, task, note, from, to }): Step => {
    const on = task === null ? undefined : byKey.get(task);
    const run = () => {
      const body = { task: on && ids.get(on), note, startedAt: from.toString(), endedAt: to.toString() };
      return world.ask(of, to, { method: 'POST', path: '/work-logs', body });
    };
    return { at: to, name: `${of.person} work`, after: on ? [nameOf(on)] : [], run };
  });
  return [...added, ...intended, ...became, ...tracked];
}
