import type { IncomingHttpHeaders } from 'node:http';
import { CrossSiteWrite } from './identity-problems.ts';

// Cookies of ours and what protects the session's (design.md 8.18). Their names end in the installation's id, so that two
// installations on one host do not take each other's; with https a prefix lets browsers refuse one set by a neighbour.

export type CookieJar = {
  /** The session's name. */
  readonly session: string;
  nameOf(purpose: string): string;
  /** For a cookie of a path below ours, which __Host- does not allow. */
  nameOfPart(purpose: string): string;
  read(headers: IncomingHttpHeaders, name: string): string | undefined;
  /** The names of those that came, of one purpose. */
  names(headers: IncomingHttpHeaders, purpose: string): string[];
  write(name: string, value: string, seconds: number): string;
  clear(name: string): string;
  /** On a write that came with the cookie. */
  refuseOtherSites(request: { method: string; headers: IncomingHttpHeaders }): void;
};

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export function makeCookieJar({ publicUrl, installation }: { publicUrl: string; installation: string }): CookieJar {
  const { origin, pathname, protocol } = new URL(publicUrl);
  const base = pathname.replace(/\/$/, '');
  const secure = protocol === 'https:';
  const prefix = secure ? (base === '' ? '__Host-' : '__Secure-') : '';
  const nameOf = (purpose: string) => `${prefix}tc_${purpose}_${installation}`;
  const attributes = `; Path=${base || '/'}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

  return {
    session: nameOf('session'),
    nameOf,
    nameOfPart: (purpose) => `${secure ? '__Secure-' : ''}tc_${purpose}_${installation}`,
    read(headers, name) {
      const all = headers.cookie;
      if (!all) return undefined;
      for (const part of all.split(';')) {
        const at = part.indexOf('=');
        if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
      }
      return undefined;
    },
    names(headers, purpose) {
      const start = `${prefix}tc_${purpose}`;
      const all = (headers.cookie ?? '').split(';').map((part) => part.split('=')[0]!.trim());
      return all.filter((name) => name.startsWith(start) && name.endsWith(`_${installation}`));
    },
    write: (name, value, seconds) => `${name}=${value}; Max-Age=${seconds}${attributes}`,
    clear: (name) => `${name}=; Max-Age=0${attributes}`,
    refuseOtherSites({ method, headers }) {
      if (safeMethods.has(method)) return;
      refuseOtherOrigin(headers, origin);
      if (headers['x-requested-with'] !== 'tc')
        throw new CrossSiteWrite({ missing: 'the header “X-Requested-With: tc” is missing' });
    },
  };
}

/** Of a form or a fetch that changes something: it must come from a page of our own origin. */
export function refuseOtherOrigin(headers: IncomingHttpHeaders, origin: string): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined ? site === 'same-origin' : headers.origin === origin) return;
  throw new CrossSiteWrite({ missing: site !== undefined ? 'it came from another site' : 'its Origin is not ours' });
}
