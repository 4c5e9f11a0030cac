import { statement } from '@task-connect/sdk';
import { loadSettings } from '../config/load.ts';
import { makePlatform } from '../platform.ts';
import { machineClock } from '../testing/clock.ts';

// A process that is killed while it switches a plugin on. It is asked by messages, and tells what there is of a plugin.

const { settings } = loadSettings({ env: process.env, cwd: process.cwd() });
const platform = await makePlatform({ settings, clock: machineClock, random: Math.random });
await platform.kernel.start();

const count = statement<[plugin: string], { queues: number; jobs: number }>(
  'test.left',
  `select (select count(*)::int from bus_queue where plugin = $1) as queues, (select count(*)::int from job where plugin = $1) as jobs`,
);

process.on('message', async ({ ask, id }: { ask: 'enable' | 'disable' | 'look'; id: string }) => {
  if (ask !== 'look') {
    const { state, reason } = await platform.kernel[ask](id);
    process.send!({ answer: { state, reason } });
    return;
  }
  const [kept] = await platform.pools.database('platform').query(count, [id]);
  const { state } = platform.kernel.plugin(id);
  const database = (await platform.provisioner.size(id)) !== null;
  const secret = (await platform.secrets.read(`databases/${id}`)) !== undefined;
  process.send!({ answer: { state, database, secret, ...kept } });
});
process.send!({ answer: 'ready' });
process.once('disconnect', () => process.exit(0));
