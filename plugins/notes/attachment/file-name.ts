const longest = 200;

/**
 * A name as it can stand on any disk and in any header: without separators and control signs, not only dots, and short
 * enough, with its ending kept. What it says otherwise is its giver’s.
 */
export function safeName(given: string): string {
  const clean = given
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/[/\\:*?"<>|]+/g, '_')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '');
  if (/^[._ ]*$/.test(clean)) return 'file';
  if (clean.length <= longest) return clean;
  const ending = /\.[^.]{1,20}$/.exec(clean)?.[0] ?? '';
  return `${clean.slice(0, longest - ending.length).toWellFormed()}${ending}`;
}

/** A Content-Disposition that has the file saved and never shown, with its name in both forms (RFC 6266). */
export function saveAs(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
