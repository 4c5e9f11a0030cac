import { declarePlugin, z } from '@task-connect/sdk';

export const ledger = declarePlugin({
  id: 'ledger',
  title: 'Ledger',
  paths: ['/ledger'],
  permissions: { 'ledger:write': { title: 'Write entries', role: 'member' } },
  publishes: {
    'entry.added': {
      version: 1,
      aggregate: 'account',
      data: z.object({ entryId: z.uuid(), account: z.string(), place: z.int() }),
    },
  },
  handles: {
    'entry.added': { version: 1, data: z.object({ entryId: z.uuid(), account: z.string(), place: z.int() }) },
  },
  oneOffs: { settle: { data: z.object({ entryId: z.uuid() }) } },
});
