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
