import { createHash, randomUUID } from 'node:crypto';
import { access, constants, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@task-connect/sdk';
import { createTransport } from 'nodemailer';
import { replaceFile } from '../disk/atomic-file.ts';
import { composed } from './compose.ts';
import { type MailCarrier, MailError, readyMessage, senderOf } from './mail.ts';

/** Mail as .eml files in a folder, for an installation without a mail server. Any mail program opens them. */
export function makeFileMail(needs: { folder: string; from: string; clock: Clock }): MailCarrier {
  const { folder, clock } = needs;
  const from = senderOf(needs.from);
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const newId = () => `${randomUUID()}@${from.address.split('@')[1]}`;

  return {
    async send(message) {
      const ready = readyMessage(message, newId);
      const at = clock.now();
      const { message: content } = await writer.sendMail(composed(ready, from, at));
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await replaceFile(join(folder, await fileName(ready.messageId, at)), content as Buffer);
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? String(error);
        throw new MailError(`Mail cannot be written to ${folder} (${reason}). Give Task Connect the right to.`, {
          permanent: false,
          cause: error,
        });
      }
      return { messageId: ready.messageId };
    },
    async check() {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await access(folder, constants.W_OK);
        return { ok: true };
      } catch (error) {
        return { ok: false, reason: `Mail cannot be written to ${folder} (${(error as NodeJS.ErrnoException).code}).` };
      }
    },
    async [Symbol.asyncDispose]() {
      writer.close();
    },
  };

  // Sorted by time for people; the same message finds its file again by the hash of its id.
  async function fileName(messageId: string, at: Temporal.Instant): Promise<string> {
    const hash = createHash('sha256').update(messageId).digest('hex').slice(0, 16);
    const before = (await readdir(folder)).find((name) => name.endsWith(`-${hash}.eml`));
    if (before) return before;
    const time = at.toString({ smallestUnit: 'millisecond' }).replace(/[:.]/g, '-');
    const words = messageId
      .split('@')[0]!
      .replace(/[^A-Za-z0-9]+/g, '-')
      .slice(0, 40);
    return `${time}-${words}-${hash}.eml`;
  }
}
