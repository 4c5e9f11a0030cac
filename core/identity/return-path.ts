/**
 * Where a sign-in leads back to: a path below our base path, whatever was asked for, so that nobody is led elsewhere by
 * a link to our own sign-in.
 */
export function returnPath(asked: string | undefined, publicUrl: string): string {
  const { origin, pathname } = new URL(publicUrl);
  const base = pathname.replace(/\/$/, '');
  const home = `${base}/`;
  // Browsers take a backslash for a slash and drop line breaks, so neither may come near a Location.
  if (!asked || asked.length > 2000 || !/^\/(?![/\\])[^\\\p{C}]*$/u.test(asked)) return home;
  const url = URL.parse(asked, origin);
  if (!url || url.origin !== origin || url.pathname.startsWith('//')) return home;
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.pathname === base || url.pathname.startsWith(home) ? path : `${base}${path}`;
}
