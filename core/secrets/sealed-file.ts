import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { SecretValue } from '@task-connect/sdk';
import { SecretsError } from './secrets.ts';

// The form of secrets.json: the whole tree as one AES-256-GCM message, so that paths do not show and
// nothing can be swapped, dropped or rolled back inside it. The head is additional data of the seal, and the file must be
// exactly what we would write, so that any changed byte is noticed, even one that a decoder would overlook.

export type SealedVersion = { version: number; createdAt: string; value: SecretValue };
export type SecretTree = Map<string, SealedVersion[]>;

export type MasterKey = { bytes: Buffer; fingerprint: string };

type Envelope = { fingerprint: string; iv: Buffer; tag: Buffer; data: Buffer };

const format = 1;
const derive = (key: Buffer, purpose: string, bytes: number) =>
  Buffer.from(hkdfSync('sha256', key, '', `task-connect secrets ${purpose}`, bytes));
const headOf = (fingerprint: string) => Buffer.from(`task-connect secrets ${format} ${fingerprint}`);

/** A key of 32 bytes from its 43 characters; undefined when it is not one. */
export function masterKeyFrom(text: string): MasterKey | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== text) return undefined;
  return { bytes, fingerprint: derive(bytes, 'fingerprint', 8).toString('hex') };
}

export const newMasterKey = (): string => randomBytes(32).toString('base64url');

function written({ fingerprint, iv, tag, data }: Envelope): string {
  const text = (bytes: Buffer) => bytes.toString('base64');
  return `${JSON.stringify({ format, fingerprint, iv: text(iv), tag: text(tag), data: text(data) }, null, 1)}\n`;
}

export function seal(tree: SecretTree, key: MasterKey): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', derive(key.bytes, 'encryption', 32), iv);
  cipher.setAAD(headOf(key.fingerprint));
  const data = Buffer.concat([cipher.update(JSON.stringify([...tree]), 'utf8'), cipher.final()]);
  return written({ fingerprint: key.fingerprint, iv, tag: cipher.getAuthTag(), data });
}

/** Opens what `seal` wrote. `place` is how messages call the file. */
export function unseal(content: string, key: MasterKey, place: string): SecretTree {
  const envelope = envelopeIn(content, place);
  if (envelope.fingerprint !== key.fingerprint) {
    throw new SecretsError(
      `${place} was sealed with the key ${envelope.fingerprint}, and the one given is ${key.fingerprint}. Give the key that it was sealed with, in TC_MASTER_KEY or in the file master.key beside it.`,
    );
  }
  try {
    const sealKey = derive(key.bytes, 'encryption', 32);
    const decipher = createDecipheriv('aes-256-gcm', sealKey, envelope.iv, { authTagLength: 16 });
    decipher.setAAD(headOf(envelope.fingerprint));
    decipher.setAuthTag(envelope.tag);
    const opened = Buffer.concat([decipher.update(envelope.data), decipher.final()]).toString('utf8');
    return new Map(JSON.parse(opened));
  } catch (error) {
    throw damaged(place, 'its seal is broken', error);
  }
}

function envelopeIn(content: string, place: string): Envelope {
  let parsed: Record<string, unknown> | null;
  try {
    parsed = JSON.parse(content);
  } catch (error) {
    throw damaged(place, 'it is cut short or not ours', error);
  }
  const { format: found, fingerprint, iv, tag, data } = parsed ?? {};
  if (Number.isInteger(found) && Number(found) > format) {
    throw new SecretsError(
      `${place} was written by a newer version of Task Connect. Start that version or a newer one.`,
    );
  }
  if (found !== format || ![fingerprint, iv, tag, data].every((part) => typeof part === 'string')) {
    throw damaged(place, 'parts of it are missing');
  }
  const bytes = (part: unknown) => Buffer.from(String(part), 'base64');
  const envelope = { fingerprint: String(fingerprint), iv: bytes(iv), tag: bytes(tag), data: bytes(data) };
  if (written(envelope) !== content) throw damaged(place, 'it is not as we wrote it');
  return envelope;
}

const damaged = (place: string, why: string, cause?: unknown) =>
  new SecretsError(
    `${place} was changed or damaged: ${why}. It is left as it is. Put back a copy from a backup; the key stays the same.`,
    { cause },
  );
