/** Text of anybody, such as an error’s, as PostgreSQL takes it: well-formed, without NUL, and no longer than a page. */
export const storableText = (text: string): string =>
  text.toWellFormed().replaceAll('\u0000', '\ufffd').slice(0, 4000).toWellFormed();

/** What an error says, fit to be kept; anything can be thrown. */
export function errorText(error: unknown): string {
  const said = error instanceof Error ? error.message || error.name : String(error);
  return storableText(said);
}
