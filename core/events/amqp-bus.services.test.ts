import { quietLog } from '../testing/databases.ts';
import { addressOf } from '../testing/real-servers.ts';
import { testPrefix } from '../testing/server.ts';
import { amqpBus } from './amqp-bus.ts';
import { busSuite } from './bus.suite.ts';
import { removeFromBroker } from './test-broker.ts';

busSuite(
  'RabbitMQ',
  async () => {
    const prefix = testPrefix();
    const open = () => amqpBus({ url: addressOf('rabbitmq'), prefix, log: quietLog });
    const bus = await open();
    return {
      bus,
      again: open,
      async end() {
        await bus[Symbol.asyncDispose]();
        await removeFromBroker(prefix);
      },
    };
  },
  { knowsAge: false },
);
