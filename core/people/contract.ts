import { declarePlugin, z } from '@task-connect/sdk';

// People, organisations and rights, as a plugin like others. Its id is that of its database.

export const people = declarePlugin({
  id: 'users',
  title: 'People',
  icon: 'users',
  paths: ['/me', '/organisations', '/invitations', '/people'],
  permissions: {
    'account:manage': { title: 'Change one’s own profile, tokens and sessions, and join organisations', role: 'guest' },
    'organisation:addresses': { title: 'See the mail addresses of members', role: 'member' },
    'organisation:invite': { title: 'Invite people, up to one’s own role', role: 'manager' },
    'organisation:manage': { title: 'Rename the organisation, change roles, remove members', role: 'owner' },
    'people:manage': { title: 'Manage all accounts', platformRole: 'administrator' },
  },
  publishes: {
    'invitation.created': {
      version: 1,
      aggregate: 'invitationId',
      data: z.object({ invitationId: z.uuid() }),
    },
    'person.created': {
      version: 1,
      aggregate: 'personId',
      // The token of the link by which the person chooses a password; null where that is not done here.
      data: z.object({ personId: z.uuid(), linkId: z.uuid().nullable() }),
    },
    // Of an account that has to be made, or to be active or not, at the issuer where people sign in.
    'person.administered': {
      version: 1,
      aggregate: 'personId',
      data: z.object({ personId: z.uuid(), change: z.enum(['made', 'active', 'password']) }),
    },
    'person.password-asked': {
      version: 1,
      aggregate: 'personId',
      data: z.object({ personId: z.uuid(), linkId: z.uuid() }),
    },
    'person.password-changed': { version: 1, aggregate: 'personId', data: z.object({ personId: z.uuid() }) },
    'platform.audited': {
      version: 1,
      aggregate: 'subject',
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
  handles: {
    'invitation.created': { version: 1, data: z.object({ invitationId: z.uuid() }) },
    'person.created': { version: 1, data: z.object({ personId: z.uuid(), linkId: z.uuid().nullable() }) },
    'person.administered': {
      version: 1,
      data: z.object({ personId: z.uuid(), change: z.enum(['made', 'active', 'password']) }),
    },
    'person.password-asked': { version: 1, data: z.object({ personId: z.uuid(), linkId: z.uuid() }) },
    'person.password-changed': { version: 1, data: z.object({ personId: z.uuid() }) },
  },
});
