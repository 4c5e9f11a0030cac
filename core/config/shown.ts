const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * A value for a message of one line: quoted, cut, with nothing that breaks a line or a terminal, and without what is
 * secret. A login in an address is secret whatever the setting.
 */
export function shown(value: unknown, secret: boolean): string {
  if (secret) return value === undefined ? 'not given' : 'a value that is not shown';
  const text = JSON.stringify(value) ?? 'not given';
  const safe = text
    .replace(/(:\/\/)[^"\s]*@/g, '$1…@')
    .replace(unprintable, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  const characters = [...safe];
  return characters.length > 120 ? `${characters.slice(0, 119).join('')}…` : safe;
}
