import type { Client } from '../testing/client.ts';
import { makeTestPlatform } from '../testing/platform.ts';

/** A platform without further plugins: people and the console’s own are built in. */
export const startPlatform = (options: Parameters<typeof makeTestPlatform>[0] = {}) =>
  makeTestPlatform({ plugins: [], ...options });

/** Waits by events until a request is answered so; what another process remembers is told to it in a moment. */
export async function untilAnswered(client: Client, path: string, status: number): Promise<void> {
  while ((await client.get(path)).status !== status) await new Promise((resolve) => setImmediate(resolve));
}
