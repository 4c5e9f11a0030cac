import { declareProblem } from '@task-connect/sdk';

export const InvitationEnded = declareProblem({
  type: 'people/invitation-ended',
  status: 410,
  title: 'This invitation has ended',
  detail: () => 'It was taken up, withdrawn, or is too old. Ask whoever sent it for another.',
});

export const RoleTooHigh = declareProblem({
  type: 'people/role-too-high',
  status: 403,
  title: 'A role above your own',
  detail: (f: { own: string }) => `You are ${f.own} here and can invite up to that. Ask an owner to invite as more.`,
});

export const MemberAlready = declareProblem({
  type: 'people/member-already',
  status: 409,
  title: 'A member already',
  detail: (f: { name: string }) => `${f.name} is in this organisation already. Change their role instead.`,
});

export const TooManyLetters = declareProblem({
  type: 'people/too-many-letters',
  status: 429,
  title: 'Too many letters',
  detail: (f: { retrySeconds: number }) =>
    `So many letters in a short time are taken for unwanted mail. The next can go out in ${f.retrySeconds} s; nothing was changed.`,
  headers: (f) => ({ 'Retry-After': String(f.retrySeconds) }),
});
