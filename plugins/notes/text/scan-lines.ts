import { attachmentOf, type Reading } from './reading.ts';
import { tagsIn } from './tags.ts';

// Reads a long text in one pass over its lines: what read-markdown.ts gives, without a tree. Marks that reach over
// several lines are missed; nothing else is.

const fence = /^[ \t>]*(?:[-*+][ \t]+)?(`{3,}|~{3,})/;
const marks = /^[ \t>]*(?:#{1,6}[ \t]+|(?:[-*+]|\d{1,9}[.)])[ \t]+)*/;
const check = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ xX])\][ \t]+(.*)$/;

/** Tells each line: running text, a line of fenced code, or the fence itself. */
export function scanFences(text: string, visit: (line: string, kind: 'text' | 'code' | 'fence') => void): void {
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const mark = fence.exec(line)?.[1];
    const begins = open === undefined && mark !== undefined;
    const ends = open !== undefined && (mark?.startsWith(open) ?? false);
    visit(line, begins || ends ? 'fence' : open === undefined ? 'text' : 'code');
    if (begins) open = mark;
    else if (ends) open = undefined;
  }
}

/** A line without code, addresses and pictures: where tags may stand. */
export const withoutCode = (line: string): string =>
  line
    .replace(/(`+)[^`]{0,2000}\1/g, ' ')
    .replace(/!?\[[^[\]\n]{0,300}\]\([^()\n]{0,2000}\)/g, ' ')
    .replace(/[a-z][a-z0-9+.-]{1,20}:\/\/\S+/gi, ' ');

export function scanLines(text: string): Reading {
  const reading: Reading = { plain: '', tags: [], items: [], pictures: [] };
  const tags = new Set<string>();
  const lines: string[] = [];
  scanFences(text.replaceAll('\r\n', '\n'), (line, kind) => {
    if (kind !== 'text') {
      if (kind === 'code') lines.push(line);
      return;
    }
    const item = check.exec(line);
    if (item) {
      const [, indent, mark, words] = item;
      const depth = Math.floor(indent!.replaceAll('\t', '    ').length / 2);
      reading.items.push({ text: words!, done: mark !== ' ', depth: Math.min(depth, 9) });
    }
    for (const [, url] of line.matchAll(/!\[[^[\]\n]{0,300}\]\(([^)\s]{1,60})\)/g)) {
      const picture = attachmentOf(url!);
      if (picture) reading.pictures.push(picture);
    }
    const words = (item?.[3] ?? line.replace(marks, ''))
      .replace(/!\[[^[\]\n]{0,300}\]\([^()\n]{0,2000}\)/g, '')
      .replace(/\[([^[\]\n]{0,300})\]\([^()\n]{0,2000}\)/g, '$1');
    if (words.trim() !== '') lines.push(words.trim());
    if (line.includes('#')) for (const tag of tagsIn(withoutCode(line))) tags.add(tag);
  });
  reading.plain = lines.join('\n');
  reading.tags = [...tags];
  return reading;
}
