import { declareProblem } from '@task-connect/sdk';

export const SecretKept = declareProblem({
  type: 'platform/secret-kept',
  status: 409,
  title: 'The platform makes this secret itself',
  detail: (f: { path: string; rotates: boolean }) =>
    f.rotates
      ? `${f.path} is made by the platform: rotate it instead.`
      : `${f.path} is made by the platform and stays as it is.`,
});

export const NotRotatable = declareProblem({
  type: 'platform/secret-not-rotatable',
  status: 409,
  title: 'It is of somebody else’s making',
  detail: (f: { path: string }) => `Make a new one where ${f.path} comes from, then enter it here.`,
});

export const SecretSealed = declareProblem({
  type: 'platform/secret-sealed',
  status: 403,
  title: 'This one is never shown',
  detail: (f: { path: string }) =>
    `Whoever has ${f.path} could sign in as anybody. Rotate it when you think that somebody has seen it.`,
});

export const SecretMoved = declareProblem({
  type: 'platform/secret-changed',
  status: 412,
  title: 'Changed meanwhile',
  detail: (f: { path: string }) => `${f.path} was changed while you wrote. Look at it again.`,
});
