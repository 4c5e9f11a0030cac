import { declareProblem } from '@task-connect/sdk';

export const ScopeTooWide = declareProblem({
  type: 'people/scope-too-wide',
  status: 403,
  title: 'A scope that you do not have',
  detail: (f: { scopes: string[] }) =>
    `You may not give ${f.scopes.map((scope) => `“${scope}”`).join(', ')} here. Leave it out, or choose the organisation in which you may.`,
});

export const ExpiryTooLate = declareProblem({
  type: 'people/expiry-too-late',
  status: 403,
  title: 'It would outlive the token that makes it',
  detail: (f: { ends: string }) =>
    `A token makes no token that lives longer than itself: give ${f.ends} or earlier in expiresAt, or make it while you are signed in.`,
});

export const ExpiryPassed = declareProblem({
  type: 'people/expiry-passed',
  status: 422,
  title: 'The expiry is in the past',
  detail: () => 'Give a time to come in expiresAt, or null for a token that stays.',
});
