// What a new password must be. Length counts, not kinds of letters (NIST SP 800-63B).

export const shortest = 10;
export const longest = 200;

/** Why this cannot be the password of `address`: a sentence for the person, or undefined when it can. */
export function faultOfPassword(password: string, address: string): string | undefined {
  const length = [...password].length;
  if (length < shortest) return `Take at least ${shortest} characters; a few words in a row are good.`;
  if (length > longest) return `Take at most ${longest} characters.`;
  const plain = password.toLowerCase();
  if (new Set(plain).size < 4) return 'Use more than three different characters.';
  const [name = ''] = address.toLowerCase().split('@');
  if (plain === address.toLowerCase() || (name.length > 3 && plain.replace(/[\d\W_]+$/, '') === name))
    return 'Your address is the first thing that somebody tries. Take something else.';
  if (common.some((word) => plain.replace(/[\d\W_]/g, '') === word) || /^(0?123456789\d*|9876543210?)$/.test(plain))
    return 'This is one of the first that are tried. Take something else.';
  return undefined;
}

const common = [
  'password',
  'passwort',
  'passwords',
  'qwertyuiop',
  'qwertzuiop',
  'letmein',
  'iloveyou',
  'administrator',
];
