import type { Mail, MailMessage } from '@task-connect/sdk';

// The port to mail. It promises that a message is what its writer meant: nothing in a name, a subject or a header can
// make another header or another recipient. It leaves to its callers when to try again, and what may come twice: a server
// that took a message and lost the line before it said so gets it again, under the same Message-ID.

export type MailCarrier = Mail &
  AsyncDisposable & {
    /** Whether mail can be handed over now, and if not, why. */
    check(): Promise<{ ok: true } | { ok: false; reason: string }>;
  };

/** A message was not taken. Permanent: the same message will never be; otherwise trying later may help. */
export class MailError extends Error {
  readonly permanent: boolean;
  constructor(message: string, options: ErrorOptions & { permanent: boolean }) {
    super(message, options);
    this.name = 'MailError';
    this.permanent = options.permanent;
  }
}

export type ReadyMessage = Required<Omit<MailMessage, 'html'>> & Pick<MailMessage, 'html'> & { to: { name: string } };

const addressPattern = /^[^\s\p{C}<>()[\],:;\\"@]+@[^\s\p{C}<>()[\],:;\\"@]+$/u;
const ours = /^(from|to|cc|bcc|sender|subject|date|message-id|mime-version|content-.*|return-path|received)$/i;

/** The message with everything in it safe to write down; MailError when it cannot be what was meant. */
export function readyMessage(message: MailMessage, newMessageId: () => string): ReadyMessage {
  const { address, name = '' } = message.to;
  if (!isAddress(address)) throw refused(`${JSON.stringify(address)} is not a mail address. Correct it.`);
  const messageId = message.messageId ?? newMessageId();
  if (!isAddress(messageId)) {
    throw refused(
      `${JSON.stringify(messageId)} is not a Message-ID. Give one like 7f3a@example.org, without brackets.`,
    );
  }
  const headers: Record<string, string> = {};
  for (const [header, value] of Object.entries(message.headers ?? {})) {
    if (!/^[A-Za-z0-9-]{1,60}$/.test(header) || ours.test(header)) {
      throw refused(
        `The header ${JSON.stringify(header)} cannot be given. Use letters, digits and -, none that mail itself sets.`,
      );
    }
    headers[header] = oneLine(value);
  }
  return { ...message, to: { address, name: oneLine(name) }, subject: oneLine(message.subject), headers, messageId };
}

const refused = (message: string) => new MailError(message, { permanent: true });

const isAddress = (text: string) => text.length <= 254 && addressPattern.test(text);

// Half a surrogate pair has no form in UTF-8, and control characters have none in a header.
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

/** The address and name in `Task Connect <no-reply@example.org>`. */
export function senderOf(from: string): { name: string; address: string } {
  const [, name = '', bracketed] = /^(.*?)\s*<([^<>]+)>$/.exec(from) ?? [];
  return { name: oneLine(name.replace(/^"(.*)"$/, '$1')), address: bracketed ?? from };
}
