import { isPlainEnough, runningText } from './read-markdown.ts';
import { scanFences } from './scan-lines.ts';
import { withTag } from './tags.ts';

/** A text in which one tag is written as another, wherever it is a tag; code and addresses stay as they are. */
export function renameTag(text: string, from: string, to: string): string {
  if (isPlainEnough(text)) {
    let renamed = text;
    for (const [start, end] of runningText(text).reverse())
      renamed = renamed.slice(0, start) + withTag(text.slice(start, end), from, to) + renamed.slice(end);
    return renamed;
  }
  const lines: string[] = [];
  scanFences(text, (line, kind) => lines.push(kind === 'text' ? outsideCode(line, from, to) : line));
  return lines.join('\n');
}

const code = /(`+)[^`]{0,2000}\1|!?\[[^[\]\n]{0,300}\]\([^()\n]{0,2000}\)|[a-z][a-z0-9+.-]{1,20}:\/\/\S+/gi;

function outsideCode(line: string, from: string, to: string): string {
  let renamed = '';
  let at = 0;
  for (const match of line.matchAll(code)) {
    renamed += withTag(line.slice(at, match.index), from, to) + match[0];
    at = match.index + match[0].length;
  }
  return renamed + withTag(line.slice(at), from, to);
}
