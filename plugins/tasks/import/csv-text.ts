// The text of a file whose encoding nobody said: a byte order mark tells it, else it is UTF-8, else what Windows writes.

/** The text and the encoding that it was read in; undefined where the bytes are not of the encoding that was given. */
export function textOf(bytes: Uint8Array, encoding?: string): { text: string; encoding: string } | undefined {
  const marked = markOf(bytes);
  for (const label of marked ? [marked] : encoding ? [encoding] : ['utf-8', 'windows-1252']) {
    try {
      return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding: label };
    } catch {
      // The next, or none.
    }
  }
  return undefined;
}

function markOf([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
}

/** Whether there is an encoding of that name. */
export function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding.length > 0;
  } catch {
    return false;
  }
}
