import { machineClock } from '../testing/clock.ts';
import { quietLog, testDatabases } from '../testing/databases.ts';
import { busSuite } from './bus.suite.ts';
import { embeddedBus } from './embedded-bus.ts';

busSuite('embedded bus', async () => {
  const { platform, pools } = await testDatabases([]);
  const open = () => embeddedBus({ database: platform, clock: machineClock, log: quietLog });
  const bus = await open();
  return {
    bus,
    again: open,
    async end() {
      await bus[Symbol.asyncDispose]();
      await pools[Symbol.asyncDispose]();
    },
  };
});
