import { statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { QueueSpec } from './bus.ts';

// Which queues there are, whose, and bound to what: in the platform's database whatever carries the messages, so that
// a broker that lost everything is made anew from here.

const addQueue = statement<[queue: string, plugin: string], { plugin: string }>(
  'bus.queue.add',
  // The update changes nothing: it makes the row that is there be returned.
  'insert into bus_queue as q (name, plugin) values ($1, $2) on conflict (name) do update set name = q.name returning plugin',
);
const addBinding = statement<[queue: string, type: string], never>(
  'bus.binding.add',
  'insert into bus_binding (queue, type) values ($1, $2) on conflict do nothing',
);
const allQueues = statement<[], QueueSpec>(
  'bus.queue.all',
  `select q.name as queue, q.plugin, coalesce(array_agg(b.type order by b.type) filter (where b.type is not null), '{}') as types
   from bus_queue q left join bus_binding b on b.queue = q.name group by q.name, q.plugin order by q.name`,
);
const unbind = statement<[queue: string, plugin: string], { queue: string }>(
  'bus.queue.unbind',
  `with mine as (select name from bus_queue where name = $1 and plugin = $2),
     gone as (delete from bus_binding b using mine where b.queue = mine.name)
   select name as queue from mine`,
);
const forget = statement<[queue: string], never>(
  'bus.queue.forget',
  'delete from bus_queue q where name = $1 and not exists (select 1 from bus_binding b where b.queue = q.name)',
);

/** Writes down queues and bindings that are missing; a queue of another plugin is refused. */
export const recordQueues = (database: Database, queues: readonly QueueSpec[]): Promise<void> =>
  database.transaction(async (tx) => {
    for (const { queue, plugin, types } of queues) {
      const [owner] = await tx.query(addQueue, [queue, plugin]);
      if (owner!.plugin !== plugin) {
        throw new Error(`The queue ${queue} is that of ${owner!.plugin}. Give the queue of ${plugin} another name.`);
      }
      for (const type of types) await tx.query(addBinding, [queue, type]);
    }
  });

/** All queues; one without types is about to be removed. */
export const recordedQueues = (database: Database): Promise<QueueSpec[]> => database.query(allQueues, []);

/** Takes a queue's bindings, so that it is known that it has to go; whether it was that plugin's. */
export const unbindQueue = async (database: Database, queue: string, plugin: string): Promise<boolean> =>
  (await database.query(unbind, [queue, plugin])).length > 0;

export const forgetQueue = (database: Database, queue: string): Promise<unknown> => database.query(forget, [queue]);
