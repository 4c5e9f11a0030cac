import { type Clock, notFound, type Route, z } from '@task-connect/sdk';
import type { Queries } from '../../database/database.ts';
import { deadOneOffs, type OneOffKey } from '../../events/dead-one-offs.ts';
import { hideInText, hideSecrets } from '../../observability/hide.ts';
import type { AuditLog } from '../audit/audit-table.ts';
import { platform } from '../contract.ts';
import { type DatabasesNeeds, fromEach, withDatabase } from '../plugin-admin/databases.ts';
import { pluginId } from '../plugin-admin/plugin-id.ts';

const Count = z.object({
  plugin: z.string(),
  job: z.string(),
  on: z.boolean().describe('Whether its plugin is on'),
  waiting: z.int(),
  nextAt: z.string().nullable(),
  dead: z.int(),
});

const Dead = z.object({
  plugin: z.string(),
  job: z.string(),
  organisation: z.string(),
  key: z.string(),
  at: z.string().describe('The time that it was planned for'),
  attempts: z.int(),
  error: z.string(),
  history: z.array(z.object({ at: z.string(), error: z.string() })),
  diedAt: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).describe('Values of fields that are named like secrets are hidden'),
});

const which = {
  plugin: pluginId,
  job: z.string().min(1).max(100),
  organisation: z.uuid(),
  key: z.string().min(1).max(500),
};
const atMost = 200;

export type OneOffNeeds = DatabasesNeeds & { clock: Clock; audit: AuditLog; wake(): void };

/** Work at a time: how much is planned, and what was given up. */
export function oneOffRoutes(given: () => OneOffNeeds): Route[] {
  type Change = (tx: Queries, of: ReturnType<typeof deadOneOffs>, key: OneOffKey) => Promise<boolean>;

  /** The row of audit is committed first, in the platform’s database: nothing goes without a name. */
  async function changeOne(
    { plugin, ...key }: OneOffKey & { plugin: string },
    change: Change,
    record: (subject: string) => Promise<void>,
  ): Promise<void> {
    const subject = `${plugin}/${key.job} ${key.key}`;
    if (!(await withDatabase(given())).includes(plugin)) notFound('work at a time', subject);
    const database = given().pools.bookkeeping(plugin);
    await database.transaction(async (tx) => {
      if (!(await change(tx, deadOneOffs(database, given().clock), key))) notFound('work at a time', subject);
      await record(subject);
    });
  }

  return [
    platform.route({
      method: 'GET',
      path: '/platform/one-offs',
      summary: 'Work at a time, by plugin and job: how much waits, what is next, what was given up',
      permission: 'platform:manage',
      returns: z.object({ items: z.array(Count) }),
      async handle() {
        const needs = given();
        const counts = await fromEach(needs, await withDatabase(needs), (database) =>
          deadOneOffs(database, needs.clock).counts(),
        );
        const of = (plugin: string) => counts.find((each) => each.plugin === plugin)?.answer ?? [];
        const items = needs.kernel.plugins().flatMap(({ id: plugin, plugin: declared, state }) => {
          const found = of(plugin);
          const jobs = new Set([...Object.keys(declared?.contract.oneOffs ?? {}), ...found.map(({ job }) => job)]);
          return [...jobs].map((job) => ({
            plugin,
            on: state === 'on',
            ...(found.find((each) => each.job === job) ?? { job, waiting: 0, nextAt: null, dead: 0 }),
          }));
        });
        return { items };
      },
    }),
    platform.route({
      method: 'GET',
      path: '/platform/one-offs/dead',
      summary: 'Work at a time that was given up after the last try, newest first',
      permission: 'platform:manage',
      query: z.strictObject({ plugin: pluginId.optional() }),
      returns: z.object({ items: z.array(Dead) }),
      async handle({ query }) {
        const needs = given();
        const plugins = (await withDatabase(needs)).filter((id) => query.plugin === undefined || id === query.plugin);
        const lists = await fromEach(needs, plugins, (database) => deadOneOffs(database, needs.clock).list(atMost));
        const items = lists.flatMap(({ plugin, answer }) =>
          answer.map(({ actor: _, ...row }) => ({
            plugin,
            ...row,
            error: hideInText(row.error),
            data: hideSecrets(row.data),
          })),
        );
        return { items: items.sort((a, b) => ((a.diedAt ?? a.at) < (b.diedAt ?? b.at) ? 1 : -1)).slice(0, atMost) };
      },
    }),
    platform.route({
      method: 'POST',
      path: '/platform/one-offs/again',
      summary: 'Do work again that was given up: now, with another eight tries',
      permission: 'platform:manage',
      body: z.strictObject(which),
      returns: z.object({ again: z.boolean() }),
      async handle({ body, ...by }) {
        await changeOne(
          body,
          (tx, work, key) => work.again(tx, key),
          (subject) => given().audit.add(by, { action: 'one-off.again', plugin: body.plugin, subject }),
        );
        given().wake();
        return { again: true };
      },
    }),
    platform.route({
      method: 'POST',
      path: '/platform/one-offs/discard',
      summary: 'Give work up for good, with a reason',
      permission: 'platform:manage',
      body: z.strictObject({ ...which, reason: z.string().trim().min(3).max(500) }),
      returns: z.object({ discarded: z.boolean() }),
      async handle({ body: { reason, ...key }, ...by }) {
        await changeOne(
          key,
          (tx, work, one) => work.discard(tx, one),
          (subject) =>
            given().audit.add(by, { action: 'one-off.discarded', plugin: key.plugin, subject, after: { reason } }),
        );
        return { discarded: true };
      },
    }),
  ];
}
