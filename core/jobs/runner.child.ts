import { makePools } from '../database/pools.ts';
import { machineClock } from '../testing/clock.ts';
import { quietLog } from '../testing/databases.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { makeRunner } from './runner.ts';

// A process that the test of the runner kills: it runs a job that never ends, and says when it has begun.

const secrets = memorySecrets();
await secrets.write('databases/platform', JSON.parse(process.env.RUNNER_DATABASE!));
const pools = makePools({ secrets, budget: 4 });
const runner = makeRunner({
  database: pools.database('platform'),
  clock: machineClock,
  log: quietLog,
  ended: () => undefined,
});
await runner.serve([
  {
    ...{ plugin: 'child', name: 'endless', title: 'Endless', cron: '0 0 1 1 *', zone: 'UTC', late: 'skip' },
    timeoutSeconds: 600,
    run: () =>
      new Promise(() => {
        process.send!({ begun: true });
      }),
  },
]);
process.send!({ serving: true });
process.once('disconnect', () => process.exit(0));
