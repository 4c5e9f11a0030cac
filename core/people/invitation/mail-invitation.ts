import { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { invitationToMail } from './invitation-table.ts';
import { invitationLink } from './send-invitation.ts';

/** The token is made again from the invitation’s id, so that no event and no queue ever holds it. */
export const mailInvitation = (given: () => PeopleNeeds) =>
  people.outsideHandler({
    event: 'invitation.created',
    name: 'mail-invitation',
    async handle({ data: { invitationId: id } }, { unitOfWork, outside, mail }) {
      const [invitation] = await unitOfWork(({ tx }) => tx.query(invitationToMail, [id]));
      // It was withdrawn or replaced before the mail went out.
      if (!invitation) return;
      const { links, publicUrl } = given().parts;
      const { organisation, role, invitedBy } = invitation;
      await outside({
        key: `invitation-${id}`,
        call: (key) =>
          mail.send({
            to: { address: invitation.address },
            subject: `Join “${organisation}”`,
            text: [
              `${invitedBy ?? 'Somebody'} invites you to “${organisation}” at Task Connect, as ${role}. Open the link to join:`,
              invitationLink(publicUrl, links.tokenOf('invitation', id)),
              'It is good for two weeks and works once. If you do not know the sender, do nothing.\n',
            ].join('\n\n'),
            messageId: `${key}@task-connect`,
          }),
      });
    },
  });
