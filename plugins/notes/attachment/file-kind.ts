import { isUtf8 } from 'node:buffer';
import { fileTypeFromBuffer } from 'file-type';
import { pictureTypes } from './attachment.ts';

export type FileKind = { type: string; isPicture: boolean };

// A browser would run what these say, wherever it finds them.
const active = /html|xml|svg|javascript|ecmascript|x-shockwave|pdf$/;

/** What a file is by its content; its name and what its sender calls it count for nothing. */
export async function kindOf(bytes: Uint8Array): Promise<FileKind> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found) return { type: found.mime, isPicture: pictureTypes.includes(found.mime) };
  const isText = bytes.length > 0 && isUtf8(bytes) && !bytes.includes(0);
  return { type: isText ? 'text/plain' : 'application/octet-stream', isPicture: false };
}

/** What a download calls itself: pictures and harmless kinds by their names, all else just bytes. */
export const servedType = (type: string): string => {
  if (active.test(type)) return 'application/octet-stream';
  return type === 'text/plain' ? 'text/plain; charset=utf-8' : type.split(';')[0]!;
};
