import type { SendMailOptions } from 'nodemailer';
import type { ReadyMessage } from './mail.ts';

/** A message in nodemailer's terms; it may read no file and no address that a text happens to name. */
export const composed = (
  message: ReadyMessage,
  from: { name: string; address: string },
  at: Temporal.Instant,
): SendMailOptions => ({
  from,
  to: message.to,
  subject: message.subject,
  text: message.text,
  ...(message.html === undefined ? {} : { html: message.html }),
  headers: message.headers,
  messageId: `<${message.messageId}>`,
  date: new Date(at.epochMilliseconds),
  disableFileAccess: true,
  disableUrlAccess: true,
});
