import { declareProblem } from '@task-connect/sdk';

export const LastOwner = declareProblem({
  type: 'people/last-owner',
  status: 409,
  title: 'The last owner',
  detail: (f: { organisation: string }) => `“${f.organisation}” needs an owner. Make somebody else an owner first.`,
});

export const PersonalOrganisation = declareProblem({
  type: 'people/personal-organisation',
  status: 409,
  title: 'A personal organisation',
  detail: () => 'This one is of one person alone. Make another organisation to work together.',
});
