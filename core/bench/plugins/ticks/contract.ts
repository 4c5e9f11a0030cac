import { declarePlugin, z } from '@task-connect/sdk';

const data = z.object({ source: z.string(), number: z.int() });

export const ticks = declarePlugin({
  id: 'ticks',
  title: 'Ticks',
  paths: ['/ticks'],
  permissions: { 'ticks:write': { title: 'Tick', role: 'member' } },
  publishes: { 'clock.ticked': { version: 1, aggregate: 'source', data } },
  handles: { 'clock.ticked': { version: 1, data } },
});
