import type { Database } from '../../database/database.ts';
import type { Pools } from '../../database/pools.ts';
import type { Kernel } from '../../kernel/kernel.ts';

export type DatabasesNeeds = { kernel: Kernel; pools: Pools; hasDatabase(id: string): Promise<boolean> };

/** The plugins that have a database: those that are on, and those that were at some time. */
export async function withDatabase({ kernel, hasDatabase }: DatabasesNeeds): Promise<string[]> {
  const there = await Promise.all(
    kernel
      .plugins()
      // One that is being made has none that could be relied on.
      .filter(({ plugin, state }) => plugin !== undefined && state !== 'enabling')
      .map(async ({ id, state }) => (state === 'on' || (await hasDatabase(id)) ? [id] : [])),
  );
  return there.flat();
}

/** Asks the kernel’s tables of each plugin. One that is off may be of an older version, and then has nothing to say. */
export async function fromEach<T>(
  needs: DatabasesNeeds,
  plugins: readonly string[],
  ask: (database: Database, plugin: string) => Promise<T>,
): Promise<{ plugin: string; answer: T }[]> {
  const answers = await Promise.all(
    plugins.map(async (plugin) => {
      try {
        return [{ plugin, answer: await ask(needs.pools.bookkeeping(plugin), plugin) }];
      } catch (error) {
        if (needs.kernel.plugin(plugin).state === 'on') throw error;
        return [];
      }
    }),
  );
  return answers.flat();
}
