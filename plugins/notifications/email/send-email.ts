import type { Contact, OpenContext } from '@task-connect/sdk';
import { notifications } from '../contract.ts';
import { logDelivery } from '../delivery/delivery-table.ts';
import { switchedOff } from '../preference/choose-channels.ts';
import { composeEmail } from './compose-email.ts';
import { type EmailRow, findEmail } from './email-table.ts';

type Open = OpenContext<typeof notifications.contract>;

/**
 * Sends the e-mail of a notification. Whether it should be sent is asked again now: the person may have changed their
 * mind, or their address, since.
 */
export const sendEmail = notifications.outsideHandler({
  event: 'email.requested',
  name: 'send-email',
  async handle({ data: { notificationId } }, context) {
    const email = await context.unitOfWork(({ tx }) => findEmail(tx, notificationId));
    if (!email) {
      context.log.warn({ notificationId }, 'The notification is gone, so no e-mail is sent.');
      return;
    }
    if (email.state === 'sent') return;
    if (email.wanted === false) return log(context, email, { state: 'not-sent', reason: switchedOff });

    const [contact] = await context.people.contact([email.person_id]);
    if (!contact?.address) {
      const reason = 'There is no e-mail address in the profile; add one to be told by e-mail.';
      return log(context, email, { state: 'not-sent', reason });
    }
    await log(context, email, await send(context, email, { ...contact, address: contact.address }));
  },
});

/** One message for one notification: the same id again is the same message, for `outside` and for mail servers. */
async function send(context: Open, email: EmailRow, to: Contact & { address: string }): Promise<Outcome> {
  const { outside, mail, publicUrl } = context;
  const { name, address } = to;
  const composed = composeEmail(email, to, publicUrl);
  try {
    await outside({
      key: `email-${email.id}`,
      call: (key) => mail.send({ to: { name, address }, messageId: `${key}@notifications.task-connect`, ...composed }),
    });
    return { state: 'sent' };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (isPermanent(error)) return { state: 'not-sent', reason: `It was refused: ${said}` };
    await log(context, email, { state: 'failed', reason: `It could not be sent and is tried again: ${said}` });
    throw error;
  }
}

// Mail says of an error when the same message will never be taken.
const isPermanent = (error: unknown) => error instanceof Error && 'permanent' in error && error.permanent === true;

type Outcome = { state: 'sent' } | { state: 'not-sent' | 'failed'; reason: string };

async function log({ unitOfWork }: Open, email: EmailRow, outcome: Outcome): Promise<void> {
  await unitOfWork(({ tx, clock }) =>
    logDelivery(tx, {
      person: email.person_id,
      notification: email.id,
      channel: 'email',
      at: clock.now().toString(),
      ...outcome,
    }),
  );
}
