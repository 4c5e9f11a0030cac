import { declareProblem } from '@task-connect/sdk';

export const LastAdministrator = declareProblem({
  type: 'people/last-administrator',
  status: 409,
  title: 'The last administrator',
  detail: () => 'Somebody must be able to manage the platform. Make another active account an administrator first.',
});
