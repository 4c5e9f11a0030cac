import type { Actor, Context } from '@task-connect/sdk';
import type { Kernel } from '../../kernel/kernel.ts';
import { pluginsOf } from '../../kernel/registry.ts';
import { platform } from '../contract.ts';
import { type AskPlugin, askPlugins } from './ask-plugins.ts';
import { ScheduleDay, ScheduleQuery, ScheduleWeek } from './schedule.ts';
import { daysOf, questionFor, weekOf } from './schedule-days.ts';

export type ScheduleNeeds = {
  kernel: Pick<Kernel, 'registry'>;
  /** How long a plugin may take for its part. */
  agendaMilliseconds: number;
};

type ScheduleContext = Context<typeof platform.contract>;

/** The person’s agenda from day to day, put together from what all plugins that are on say. */
export function scheduleRoutes(given: () => ScheduleNeeds) {
  async function agenda(first: string, count: number, zone: string, actor: Actor, { call, log }: ScheduleContext) {
    const { kernel, agendaMilliseconds: milliseconds } = given();
    const question = questionFor(actor.person, first, count, zone);
    const contracts = pluginsOf(kernel.registry()).map(({ plugin }) => plugin.contract);
    // Which plugins answer is known when they are on, so no type can name their services here.
    const ask = call as unknown as AskPlugin;
    const { items, missing } = await askPlugins({ contracts, question, ask, log, milliseconds });
    return { days: daysOf(question, items), missing, to: question.lastDay };
  }

  const meant = (query: ScheduleQuery, actor: Actor, now: Temporal.Instant) => {
    const zone = query.zone ?? actor.zone;
    return { zone, date: query.date ?? now.toZonedDateTimeISO(zone).toPlainDate().toString() };
  };

  return [
    platform.route({
      method: 'GET',
      path: '/schedule/day',
      summary: 'Get your day: what all plugins add to it',
      permission: 'signed-in',
      query: ScheduleQuery,
      returns: ScheduleDay,
      async handle({ query, actor }, context) {
        const { zone, date } = meant(query, actor, context.clock.now());
        const { days, missing } = await agenda(date, 1, zone, actor, context);
        return { zone, ...days[0]!, missing };
      },
    }),
    platform.route({
      method: 'GET',
      path: '/schedule/week',
      summary: 'Get the week of a day, from the day on which your weeks begin',
      permission: 'signed-in',
      query: ScheduleQuery,
      returns: ScheduleWeek,
      async handle({ query, actor }, context) {
        const { zone, date } = meant(query, actor, context.clock.now());
        const from = weekOf(date, actor.weekStart);
        const { days, missing, to } = await agenda(from, 7, zone, actor, context);
        return { zone, from, to, days, missing };
      },
    }),
  ];
}
