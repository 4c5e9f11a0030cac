import { openFileSecrets } from './file-secrets.ts';
import { SecretChanged } from './secrets.ts';

// A process of its own for file-secrets.test.ts: adds to a counter that others add to as well, and says each number
// that it has written. Arguments: folder, how often.

const [folder = '', times = '0'] = process.argv.slice(2);
const store = await openFileSecrets({ folder, masterKey: undefined, clock: { now: () => Temporal.Now.instant() } });

for (let done = 0; done < Number(times); ) {
  const before = await store.read('services/counter');
  const count = Number(before?.value.count ?? 0) + 1;
  try {
    await store.write('services/counter', { count, padding: 'x'.repeat(20_000) }, { cas: before?.version ?? 0 });
    done++;
    process.stdout.write(`${count}\n`);
  } catch (error) {
    if (!(error instanceof SecretChanged)) throw error;
  }
}
