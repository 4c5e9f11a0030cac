import type { Clock } from '@task-connect/sdk';
import { decodeCursor, encodeCursor, notFound, PageQuery, pageOf, type Route, z } from '@task-connect/sdk';
import type { Queries } from '../../database/database.ts';
import { deadLetters, type MovedLetter } from '../../events/dead-letters.ts';
import type { AuditedBy, AuditLog } from '../audit/audit-table.ts';
import { platform } from '../contract.ts';
import { type DatabasesNeeds, withDatabase } from '../plugin-admin/databases.ts';
import { pluginId } from '../plugin-admin/plugin-id.ts';
import { Letter, letterId, parseLetterId, toLetter } from './letter.ts';
import { newestLetters } from './newest-letters.ts';

const queueName = z.string().min(1).max(200);
const chosen = z.array(letterId).min(1).max(500);
const Replayed = z.object({ replayed: z.int() });

export type DeadLetterNeeds = DatabasesNeeds & { clock: Clock; audit: AuditLog; wake(): void };

/** What could not be handled, of all plugins that have a database, also of those that are off. */
export function deadLetterRoutes(given: () => DeadLetterNeeds): Route[] {
  const lettersOf = (plugin: string) => deadLetters(given().pools.bookkeeping(plugin), given().clock);

  async function countOf(plugins: readonly string[], queue: string | undefined): Promise<number> {
    const depths = (await Promise.all(plugins.map((plugin) => lettersOf(plugin).depths()))).flat();
    return depths.reduce((sum, each) => sum + (queue === undefined || each.queue === queue ? each.dead : 0), 0);
  }

  /**
   * Does it and writes down by whom. The row of audit lies in another database: it is committed first, so that nothing is
   * taken away without a name, and a crash in between names somebody for what did not happen.
   */
  const recorded = (
    plugin: string,
    by: AuditedBy,
    action: string,
    after: object,
    move: (tx: Queries) => Promise<MovedLetter[]>,
  ): Promise<number> =>
    given()
      .pools.bookkeeping(plugin)
      .transaction(async (tx) => {
        const moved = await move(tx);
        if (moved.length === 0) return 0;
        const letters = moved.slice(0, 100).map(({ id, ...letter }) => ({ id: `${plugin}-${id}`, ...letter }));
        const subject = moved.length === 1 ? letters[0]!.id : plugin;
        await given().audit.add(by, {
          action,
          plugin,
          subject,
          before: { letters },
          after: { ...after, count: moved.length },
        });
        return moved.length;
      });

  const byPlugin = (ids: readonly string[]) =>
    [...Map.groupBy(ids.map(parseLetterId), ({ plugin }) => plugin)].map(
      ([plugin, letters]) => [plugin, letters.map(({ row }) => row)] as const,
    );

  async function forChosen(ids: readonly string[], move: (plugin: string, rows: number[]) => Promise<number>) {
    const there = await withDatabase(given());
    let moved = 0;
    for (const [plugin, rows] of byPlugin(ids)) if (there.includes(plugin)) moved += await move(plugin, rows);
    if (moved > 0) given().wake();
    return moved;
  }

  const replay = (by: AuditedBy) => (plugin: string, ids: number[]) =>
    recorded(plugin, by, 'dead-letter.replayed', {}, (tx) => lettersOf(plugin).replayWithin(tx, { ids }));

  return [
    platform.route({
      method: 'GET',
      path: '/platform/dead-letters',
      summary: 'Events that could not be handled, newest first',
      permission: 'platform:manage',
      query: PageQuery.extend({ plugin: pluginId.optional(), queue: queueName.optional() }),
      returns: pageOf(Letter),
      async handle({ query: { plugin: named, queue, ...query } }) {
        const cursor = decodeCursor(query.cursor, z.record(z.string(), z.int()));
        const plugins = (await withDatabase(given())).filter((id) => named === undefined || id === named);
        const lists = await Promise.all(
          plugins.map(async (id) => [id, await lettersOf(id).list(cursor?.[id], query.limit + 1, queue)] as const),
        );
        const { items, seen, more } = newestLetters(new Map(lists), query.limit, cursor);
        return {
          items: items.map(({ plugin, letter }) => toLetter(plugin, letter)),
          next: more ? encodeCursor(seen as never) : null,
          ...(query.count ? { total: await countOf(plugins, queue) } : {}),
        };
      },
    }),
    platform.route({
      method: 'POST',
      path: '/platform/dead-letters/:letterId/replay',
      summary: 'Handle one dead letter again',
      permission: 'platform:manage',
      params: z.object({ letterId }),
      returns: Replayed,
      async handle({ params, ...by }) {
        const replayed = await forChosen([params.letterId], replay(by));
        if (replayed === 0) notFound('dead letter', params.letterId);
        return { replayed };
      },
    }),
    platform.route({
      method: 'POST',
      path: '/platform/dead-letters/replay',
      summary: 'Handle dead letters again: all, those of a plugin or of a queue, or those that are named',
      description: 'One that is not there (any more) is left out, so it may be sent twice.',
      permission: 'platform:manage',
      body: z.strictObject({ plugin: pluginId.optional(), queue: queueName.optional(), ids: chosen.optional() }),
      returns: Replayed,
      async handle({ body, ...by }) {
        if (body.ids) return { replayed: await forChosen(body.ids, replay(by)) };
        const plugins = (await withDatabase(given())).filter((id) => body.plugin === undefined || id === body.plugin);
        const which = body.queue === undefined ? 'all' : { queue: body.queue };
        let replayed = 0;
        for (const plugin of plugins) {
          const { replayWithin } = lettersOf(plugin);
          replayed += await given()
            .pools.bookkeeping(plugin)
            .transaction(async (tx) => (await replayWithin(tx, which)).length);
        }
        const subject = body.queue ?? body.plugin ?? 'all';
        await given().audit.add(by, { action: 'dead-letters.replayed', subject, after: { replayed } });
        given().wake();
        return { replayed };
      },
    }),
    platform.route({
      method: 'POST',
      path: '/platform/dead-letters/discard',
      summary: 'Give dead letters up for good, with a reason',
      description:
        'The events are marked as discarded and are not handled any more. Later events of the same things no longer say that one before them is missing.',
      permission: 'platform:manage',
      body: z.strictObject({ ids: chosen, reason: z.string().trim().min(3).max(500) }),
      returns: z.object({ discarded: z.int() }),
      async handle({ body: { ids, reason }, ...by }) {
        const discard = (plugin: string, rows: number[]) =>
          recorded(plugin, by, 'dead-letter.discarded', { reason }, (tx) =>
            lettersOf(plugin).discardWithin(tx, rows, reason),
          );
        return { discarded: await forChosen(ids, discard) };
      },
    }),
  ];
}
