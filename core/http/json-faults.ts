// What JSON.parse does not say: how deep a text nests before it is parsed, and where its fault is.

const [quote, backslash, open, close, openList, closeList] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

/** Whether brackets nest deeper than `most`. Whatever walks the value afterwards may do so by recursion. */
export function nestsDeeper(bytes: Uint8Array, most: number): boolean {
  let depth = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === quote) {
      for (i++; i < bytes.length && bytes[i] !== quote; i++) if (bytes[i] === backslash) i++;
    } else if (byte === open || byte === openList) {
      if (++depth > most) return true;
    } else if (byte === close || byte === closeList) {
      depth--;
    }
  }
  return false;
}

// One token of JSON (RFC 8259), with the white space before it.
const string = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"`;
const number = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\d.eE])`;
const token = new RegExp(
  String.raw`[\t\n\r ]*(?:(${string})|(?:${number})|(?:true|false|null)(?!\w)|([{}[\],:]))`,
  'y',
);

/** Says where a text stops to be JSON. */
export function faultOfJson(text: string): string {
  let at = 0;
  // What closes each open bracket, and what may come next.
  const closing: string[] = [];
  let next: 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing' = 'value';
  for (;;) {
    token.lastIndex = at;
    const match = token.exec(text);
    const sign = match?.[2];
    if (!match) break;
    if (next === 'nothing') break;
    if (sign === '}' || sign === ']') {
      const mayEnd = next === 'comma-or-end' || (sign === '}' ? next === 'name-or-end' : next === 'value-or-end');
      if (!mayEnd || closing.pop() !== sign) break;
      next = closing.length === 0 ? 'nothing' : 'comma-or-end';
    } else if (sign === ',') {
      if (next !== 'comma-or-end') break;
      next = closing.at(-1) === '}' ? 'name' : 'value';
    } else if (sign === ':') {
      if (next !== 'colon') break;
      next = 'value';
    } else if (next === 'name' || next === 'name-or-end') {
      if (match[1] === undefined) break;
      next = 'colon';
    } else if (next === 'value' || next === 'value-or-end') {
      if (sign) closing.push(sign === '{' ? '}' : ']');
      if (sign) next = sign === '{' ? 'name-or-end' : 'value-or-end';
      else next = closing.length === 0 ? 'nothing' : 'comma-or-end';
    } else break;
    at = token.lastIndex;
  }
  while (at < text.length && '\t\n\r '.includes(text[at]!)) at++;
  if (at >= text.length) return `It ends too early, at character ${text.length}${lineOf(text, at)}.`;
  const shown = [...text.slice(at, at + 2)][0]!.replace(/\p{Cc}/u, '�');
  return `At character ${at + 1}${lineOf(text, at)}, “${shown}” is not what JSON has there.`;
}

function lineOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return before.length === 1 ? '' : ` (line ${before.length}, column ${before.at(-1)!.length + 1})`;
}
