import type { Clock } from '@task-connect/sdk';
import { decodeCursor, encodeCursor, notFound, PageQuery, pageOf, type Route, z } from '@task-connect/sdk';
import type { Pools } from '../../database/pools.ts';
import { deadLetters } from '../../events/dead-letters.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { AuditLog } from '../audit/audit-table.ts';
import { platform } from '../contract.ts';
import { newestLetters } from './newest-letters.ts';

const Letter = z.object({
  id: z.string(),
  plugin: z.string(),
  queue: z.string(),
  handler: z.string(),
  type: z.string(),
  subject: z.string(),
  data: z.record(z.string(), z.unknown()),
  error: z.string(),
  attempts: z.int(),
  parked: z.boolean(),
  history: z.array(z.object({ at: z.string(), error: z.string() })),
  diedAt: z.string(),
});

const pluginName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/)
  .max(60);

// A letter's id is that of its row, with the plugin whose database it lies in: `tasks-17`.
const letterId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*-\d{1,15}$/, { error: 'This is not the id of a dead letter; take it from the list.' });
const parseLetterId = (id: string) => {
  const cut = id.lastIndexOf('-');
  return { plugin: id.slice(0, cut), row: Number(id.slice(cut + 1)) };
};

export function eventRoutes(
  given: () => { kernel: Kernel; pools: Pools; clock: Clock; audit: AuditLog; wake(): void },
): Route[] {
  const lettersOf = (plugin: string) => deadLetters(given().pools.bookkeeping(plugin), given().clock);
  /** Plugins whose database may hold letters: those that are on, since a database of one that never was is not there. */
  const withLetters = () =>
    given()
      .kernel.plugins()
      .filter((view) => view.state === 'on')
      .map((view) => view.id);

  async function countOf(plugins: readonly string[]): Promise<number> {
    const depths = await Promise.all(plugins.map((plugin) => lettersOf(plugin).depths()));
    return depths.flat().reduce((sum, { dead }) => sum + dead, 0);
  }

  return [
    platform.route({
      method: 'GET',
      path: '/platform/dead-letters',
      summary: 'Events that could not be handled, newest first',
      permission: 'platform:manage',
      query: PageQuery.extend({ plugin: pluginName.optional() }),
      returns: pageOf(Letter),
      async handle({ query }) {
        const cursor = decodeCursor(query.cursor, z.record(z.string(), z.int()));
        const plugins = query.plugin ? [query.plugin].filter((id) => withLetters().includes(id)) : withLetters();
        const lists = await Promise.all(
          plugins.map(
            async (plugin) => [plugin, await lettersOf(plugin).list(cursor?.[plugin], query.limit + 1)] as const,
          ),
        );
        const { items, seen, more } = newestLetters(new Map(lists), query.limit, cursor);
        return {
          items: items.map(({ plugin, letter }) => ({
            id: `${plugin}-${letter.id}`,
            plugin,
            queue: letter.queue,
            handler: letter.handler,
            type: letter.envelope.type,
            subject: letter.envelope.subject,
            data: letter.envelope.data,
            error: letter.error,
            attempts: letter.attempts,
            parked: letter.parked,
            history: letter.history,
            diedAt: letter.diedAt,
          })),
          next: more ? encodeCursor(seen as never) : null,
          ...(query.count ? { total: await countOf(plugins) } : {}),
        };
      },
    }),
    platform.route({
      method: 'POST',
      path: '/platform/dead-letters/:letterId/replay',
      summary: 'Handle one dead letter again',
      permission: 'platform:manage',
      params: z.object({ letterId }),
      returns: z.object({ replayed: z.int() }),
      async handle({ params, actor, address, requestId }) {
        const { plugin, row } = parseLetterId(params.letterId);
        if (!withLetters().includes(plugin)) notFound('dead letter', params.letterId);
        const replayed = await lettersOf(plugin).replay([row]);
        if (replayed === 0) notFound('dead letter', params.letterId);
        await given().audit.add(
          { actor, address, requestId },
          { action: 'dead-letter.replayed', subject: params.letterId },
        );
        given().wake();
        return { replayed };
      },
    }),
    platform.route({
      method: 'POST',
      path: '/platform/dead-letters/replay',
      summary: 'Handle all dead letters again, or those of one plugin',
      permission: 'platform:manage',
      body: z.strictObject({ plugin: pluginName.optional() }),
      returns: z.object({ replayed: z.int() }),
      async handle({ body, actor, address, requestId }) {
        const plugins = withLetters().filter((id) => body.plugin === undefined || id === body.plugin);
        let replayed = 0;
        for (const plugin of plugins) replayed += await lettersOf(plugin).replay('all');
        await given().audit.add(
          { actor, address, requestId },
          { action: 'dead-letters.replayed', subject: body.plugin ?? 'all', after: { replayed } },
        );
        given().wake();
        return { replayed };
      },
    }),
  ];
}
