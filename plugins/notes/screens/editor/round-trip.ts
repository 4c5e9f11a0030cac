import { MarkdownManager } from '@tiptap/markdown';
import { noteExtensions } from './extensions.ts';

let manager: MarkdownManager | undefined;

/** A text as the editor would write it. */
export function rewritten(text: string): string {
  manager ??= new MarkdownManager({ extensions: noteExtensions(), indentation: { style: 'space', size: 4 } });
  return tidy(manager.serialize(manager.parse(text)));
}

const link = /\[((?:[^[\]\\]|\\.)+)\]\((https?:\/\/[^()\s]+)\)/g;

/** A bare address stays bare: it is a link by itself. */
export const tidy = (text: string): string =>
  text.replace(link, (whole, words: string, address: string) =>
    words.replace(/\\(.)/g, '$1').replaceAll('&amp;', '&') === address ? address : whole,
  );

// What a text says: its letters and figures in their order. Marks may be written in another way; these may not be lost.
const said = (text: string): string =>
  text
    .replace(/\\(?=[^\p{L}\p{N}])/gu, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#\d+);/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether the editor can take a text and lose nothing of it. Tables, HTML and footnotes are not for it. */
export function editable(text: string): boolean {
  if (text.length > 200_000) return false;
  if (/^\s*\|.*\|\s*$/m.test(text) || /^\s*\[\^[^\]]+\]:/m.test(text)) return false;
  try {
    const once = rewritten(text);
    return said(once) === said(text.replaceAll('\r\n', '\n')) && rewritten(once) === once;
  } catch {
    return false;
  }
}
