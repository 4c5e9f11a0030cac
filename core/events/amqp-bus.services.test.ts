import { testDatabases } from '../testing/databases.ts';
import { testPrefix } from '../testing/server.ts';
import { busSuite } from './bus.suite.ts';
import { openAmqpBus, removeFromBroker } from './test-broker.ts';

busSuite('RabbitMQ', async () => {
  const { platform, pools } = await testDatabases([]);
  const prefix = testPrefix();
  const open = () => openAmqpBus(platform, prefix);
  const bus = await open();
  return {
    bus,
    again: open,
    async end() {
      await bus[Symbol.asyncDispose]();
      await removeFromBroker(prefix);
      await pools[Symbol.asyncDispose]();
    },
  };
});
