import type { Platform } from '../platform.ts';

/** The plugins, on or off, that have a database: those that were on at some time, and core's own. */
export async function pluginsWithDatabase(platform: Platform): Promise<string[]> {
  const ids = platform.kernel.plugins().map(({ id }) => id);
  const sizes = await Promise.all(ids.map((id) => platform.provisioner.size(id)));
  return ids.filter((_, index) => sizes[index] !== null);
}
