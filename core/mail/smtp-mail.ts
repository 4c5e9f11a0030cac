import { randomUUID } from 'node:crypto';
import type { Clock } from '@task-connect/sdk';
import { createTransport } from 'nodemailer';
import { composed } from './compose.ts';
import { type MailCarrier, MailError, readyMessage, senderOf } from './mail.ts';

type SmtpError = { responseCode?: number; command?: string; message: string };

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Mail through a server: smtp:// with STARTTLS where it is offered, or smtps://. */
export function makeSmtpMail(needs: { url: string; from: string; clock: Clock }): MailCarrier {
  const url = new URL(needs.url);
  const from = senderOf(needs.from);
  const secure = url.protocol === 'smtps:';
  const place = `${url.hostname}:${url.port || (secure ? 465 : 587)}`;
  const login = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined;
  const transport = createTransport({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    // A password is not sent in the clear; on this machine there is nobody between.
    requireTLS: !secure && login !== undefined && !loopback.test(url.hostname),
    ...(login ? { auth: login } : {}),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
  });
  const newId = () => `${randomUUID()}@${from.address.split('@')[1]}`;

  return {
    async send(message) {
      const ready = readyMessage(message, newId);
      try {
        await transport.sendMail(composed(ready, from, needs.clock.now()));
      } catch (error) {
        const { responseCode, command, message: said } = error as SmtpError;
        // A refused login or sender is a fault of the settings, and the message may go once that is mended.
        const permanent = Number(responseCode) >= 500 && (command === 'RCPT TO' || command === 'DATA');
        const advice = permanent ? 'It will not be taken as it is.' : 'It can be tried again.';
        throw new MailError(`The mail server ${place} did not take the message: ${said}. ${advice}`, {
          permanent,
          cause: error,
        });
      }
      return { messageId: ready.messageId };
    },
    async check() {
      try {
        await transport.verify();
        return { ok: true };
      } catch (error) {
        return { ok: false, reason: `The mail server ${place} does not answer: ${(error as Error).message}.` };
      }
    },
    async [Symbol.asyncDispose]() {
      transport.close();
    },
  };
}
