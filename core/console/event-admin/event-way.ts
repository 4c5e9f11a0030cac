import { type Clock, type People, z } from '@task-connect/sdk';
import type { Bus } from '../../events/bus.ts';
import type { Envelope } from '../../events/envelope.ts';
import { departuresOfTrace, findDeparture, type Trail, trailsOf } from '../../events/event-trail.ts';
import { queueOf } from '../../kernel/queues.ts';
import { hideInText, hideSecrets } from '../../observability/hide.ts';
import { type DatabasesNeeds, fromEach, withDatabase } from '../plugin-admin/databases.ts';

// The whole way of one event: published when and by whom, into which queues, and what each handler made of it. Put
// together from the databases of all plugins; what nobody has kept is said to be unknown.

const Step = z.object({
  plugin: z.string(),
  queue: z.string(),
  handler: z.string(),
  state: z
    .enum(['in-outbox', 'in-queue', 'waiting', 'running', 'retrying', 'done', 'dead', 'parked', 'discarded', 'unknown'])
    .describe('`unknown`: nothing is kept of it, or the bus cannot be asked'),
  receivedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  nextAt: z.string().nullable().describe('When it is tried again'),
  attempts: z.array(z.object({ at: z.string(), error: z.string() })).describe('Those that failed'),
  letterId: z.string().nullable(),
  discardedBecause: z.string().nullable(),
});
type Step = z.infer<typeof Step>;

const Related = z.object({ id: z.string(), plugin: z.string(), type: z.string(), subject: z.string(), at: z.string() });

export const EventWay = z.object({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  organisation: z.string(),
  publishedBy: z.string().nullable().describe('The plugin'),
  publishedAt: z.string(),
  leftAt: z
    .string()
    .nullable()
    .describe('When the relay carried it to the bus; null before that, or when it is not known'),
  actor: z
    .object({ id: z.string(), name: z.string().nullable() })
    .nullable()
    .describe('The person whose change it was'),
  traceId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable().describe('Kept as long as somebody has yet to handle it'),
  steps: z.array(Step),
  related: z.array(Related).describe('Other events of the same piece of work'),
});
export type EventWay = z.infer<typeof EventWay>;

export type WayNeeds = DatabasesNeeds & { bus: Bus; clock: Clock; people: People };

/** Undefined when nobody knows the event. */
export async function eventWay(needs: WayNeeds, id: string): Promise<EventWay | undefined> {
  const { kernel, clock, bus } = needs;
  const now = clock.now().toString();
  const there = await withDatabase(needs);
  const known = await fromEach(needs, there, async (database) => ({
    departure: await findDeparture(database, id),
    trails: await trailsOf(database, id, now),
  }));
  const from = known.find(({ answer }) => answer.departure);
  const trails = known.flatMap(({ plugin, answer }) => answer.trails.map((trail) => ({ plugin, trail })));
  const envelope = trails.flatMap(({ trail }) => ('envelope' in trail ? [trail.envelope] : []))[0];
  const origin = from?.answer.departure ?? (envelope && originOf(envelope));
  if (!origin) return undefined;

  const waits = from?.answer.departure?.leftAt === null ? [] : await bus.waitsIn(id);
  const steps = kernel.plugins().flatMap(({ id: plugin, plugin: declared }) =>
    (declared?.parts.handlers ?? [])
      .filter((handler) => handler.event === origin.type)
      .map((handler): Step => {
        const queue = queueOf(declared!.contract, origin.type);
        const trail = trails.find((each) => each.plugin === plugin && each.trail.handler === handler.name)?.trail;
        const place = { plugin, queue, handler: handler.name };
        if (trail) return { ...place, ...stepOf(trail, plugin) };
        const state = origin.leftAt === null && from ? 'in-outbox' : waits?.includes(queue) ? 'in-queue' : 'unknown';
        return { ...place, ...untouched, state };
      }),
  );
  // A handler that this version does not have any more has its letters still.
  const gone = trails
    .filter(({ plugin, trail }) => !steps.some((step) => step.plugin === plugin && step.handler === trail.handler))
    .map(
      ({ plugin, trail }): Step => ({
        plugin,
        queue: 'queue' in trail ? trail.queue : '',
        handler: trail.handler,
        ...stepOf(trail, plugin),
      }),
    );

  const traceId = origin.traceparent?.slice(3, 35) ?? null;
  const related = traceId ? await fromEach(needs, there, (database) => departuresOfTrace(database, traceId, 50)) : [];
  const contacts = origin.actor ? await needs.people.contact([origin.actor]).catch(() => []) : [];
  return {
    id,
    type: origin.type,
    subject: origin.key,
    organisation: origin.organisation,
    publishedBy: from?.plugin ?? envelope?.source.replace(/^\/plugins\//, '') ?? null,
    publishedAt: origin.at,
    leftAt: origin.leftAt,
    actor: origin.actor ? { id: origin.actor, name: contacts[0]?.name ?? null } : null,
    traceId,
    data: envelope ? hideSecrets(envelope.data) : null,
    steps: [...steps, ...gone],
    related: related
      .flatMap(({ plugin, answer }) =>
        answer.map(({ eventId, type, key, at }) => ({ id: eventId, plugin, type, subject: key, at })),
      )
      .filter((each) => each.id !== id)
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
  };
}

const originOf = ({ type, subject, organisation, actor, time, traceparent }: Envelope) => ({
  type,
  key: subject,
  organisation,
  actor,
  at: time,
  leftAt: null,
  traceparent,
});

const untouched = {
  receivedAt: null,
  endedAt: null,
  nextAt: null,
  attempts: [],
  letterId: null,
  discardedBecause: null,
};

function stepOf(trail: Trail, plugin: string): Omit<Step, 'plugin' | 'queue' | 'handler'> {
  const attempts = trail.history.map(({ at, error }) => ({ at, error: hideInText(error) }));
  const common = { ...untouched, attempts };
  if (trail.state === 'done')
    return {
      ...common,
      state: trail.discarded === null ? 'done' : 'discarded',
      receivedAt: trail.receivedAt,
      endedAt: trail.doneAt,
      discardedBecause: trail.discarded,
    };
  if (trail.state === 'dead')
    return {
      ...common,
      state: trail.parked ? 'parked' : 'dead',
      endedAt: trail.diedAt,
      letterId: `${plugin}-${trail.letter}`,
    };
  return {
    ...common,
    state: trail.running ? 'running' : attempts.length > 0 ? 'retrying' : 'waiting',
    receivedAt: trail.receivedAt,
    nextAt: attempts.length > 0 ? trail.dueAt : null,
  };
}
