import { statement, z } from '@task-connect/sdk';
import { ticks } from './contract.ts';

const insertTick = statement<[organisation: string, source: string, number: number], never>(
  'ticks.insert',
  'insert into tick (organisation_id, source, number) values ($1, $2, $3)',
);

const tick = ticks.route({
  method: 'POST',
  path: '/ticks',
  summary: 'Publish so many ticks in one transaction',
  permission: 'ticks:write',
  body: z.strictObject({ source: z.string().max(50), from: z.int(), count: z.int().min(1).max(100) }),
  status: 204,
  async handle({ body: { source, from, count } }, { publish }) {
    for (let i = 0; i < count; i += 1) await publish('clock.ticked', { source: `${source} ${i}`, number: from + i });
  },
});

const keepTick = ticks.handler({
  event: 'clock.ticked',
  name: 'keep-tick',
  async handle({ data, organisation }, { tx }) {
    await tx.query(insertTick, [organisation, data.source, data.number]);
  },
});

export default ticks.plugin({
  migrations: new URL('./migrations/', import.meta.url),
  routes: [tick],
  handlers: [keepTick],
});
