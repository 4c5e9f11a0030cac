import type { Actor } from '@task-connect/sdk';

const nobody = '00000000-0000-0000-0000-000000000000';

/** Who acts at the command line: nobody of the platform’s people, but whoever may open its data folder. */
export const operator = (user: string): Actor => ({
  kind: 'operator',
  person: nobody,
  organisation: nobody,
  role: 'owner',
  name: `${user} at the command line`,
  zone: 'UTC',
  locale: 'en',
  weekStart: 1,
  platformRoles: ['administrator'],
  may: () => true,
});
