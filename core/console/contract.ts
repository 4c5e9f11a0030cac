import { declarePlugin, z } from '@task-connect/sdk';

// The administration of the platform as a plugin like others; its database is the kernel's own.

export const platform = declarePlugin({
  id: 'platform',
  title: 'Platform',
  paths: ['/platform', '/console', '/schedule'],
  asks: ['agenda'],
  permissions: {
    'account:history': { title: 'See what was changed of one’s own account', role: 'guest' },
    'platform:manage': { title: 'Manage plugins, events and jobs', platformRole: 'administrator' },
  },
  handles: {
    // What other parts of core changed, written down here so that their transaction and the audit row cannot part.
    'platform.audited': {
      version: 1,
      data: z.object({
        action: z.string(),
        subject: z.string(),
        actorName: z.string(),
        before: z.unknown().optional(),
        after: z.unknown().optional(),
        address: z.string().nullable(),
        requestId: z.string().nullable(),
        organisation: z.uuid().optional(),
      }),
    },
  },
});
