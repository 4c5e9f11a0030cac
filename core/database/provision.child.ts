import { openFileSecrets } from '../secrets/file-secrets.ts';
import { machineClock } from '../testing/clock.ts';
import { makePools } from './pools.ts';

// A process of the test of rotation: opens a connection for each of its queries, and tells what came of them.

const secrets = await openFileSecrets({
  folder: process.env.SECRETS_FOLDER!,
  masterKey: undefined,
  clock: machineClock,
});
const pools = makePools({ secrets, budget: 4 });
let stop = false;
process.once('message', () => {
  stop = true;
});
for (let done = 1; !stop; done += 1) {
  try {
    const client = await pools.connect('things');
    await client.query('select 1');
    client.release(true);
    process.send!({ done });
  } catch (error) {
    process.send!({ failure: (error as Error).message });
  }
}
await pools[Symbol.asyncDispose]();
process.disconnect!();
