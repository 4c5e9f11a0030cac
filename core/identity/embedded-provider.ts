import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, type Log, statement } from '@task-connect/sdk';
import type { Provider } from 'oidc-provider';
import type { Database } from '../database/database.ts';
import { makeAdapter } from './oidc-adapter.ts';
import type { Pages } from './pages.ts';
import { loadProvider, makeProvider } from './provider.ts';
import type { ProviderAccount } from './provider-configuration.ts';
import type { CookieJar } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';
import type { SigningKeys } from './signing-keys.ts';

// The provider of this process: made when first asked for, and made anew with other keys; who is being served by the
// old one is served to the end by it.

export type EmbeddedProvider = {
  current(): Promise<Provider>;
  renew(): void;
  /** Answers a request for an address below /oidc, or for the discovery document beside it. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
};

const findAccount = statement<[id: string], ProviderAccount>(
  'identity.find-provider-account',
  `select id, name, address, address_verified_at is not null as verified, zone, locale from person where id::text = $1 and active`,
);

export function makeEmbeddedProvider(needs: {
  settings: { publicUrl: string; oidcClientId: string; oidcAudience: string };
  base: string;
  keys: SigningKeys;
  database: Database;
  sessions: Sessions;
  cookies: CookieJar;
  pages: Pages;
  clock: Clock;
  log: Log;
  background(work: () => Promise<unknown>): void;
}): EmbeddedProvider {
  const { settings, database, cookies } = needs;
  let made: Promise<Provider> | undefined;

  async function make(): Promise<Provider> {
    const module = await loadProvider();
    const usedAlready = () => new module.errors.InvalidGrant('it was used already');
    const unstorable = () => new module.errors.InvalidRequest('a parameter holds a NUL or half a character');
    return makeProvider(module, {
      publicUrl: settings.publicUrl,
      clientId: settings.oidcClientId,
      audience: settings.oidcAudience,
      base: needs.base,
      keys: needs.keys.held,
      adapter: makeAdapter({ database, clock: needs.clock, usedAlready, unstorable }),
      cookieNames: {
        session: cookies.nameOfPart('provider'),
        interaction: cookies.nameOfPart('interaction'),
        resume: cookies.nameOfPart('resume'),
      },
      pages: needs.pages,
      findAccount: async (id) => (await database.query(findAccount, [id]))[0],
      ended: (uid) => needs.background(() => needs.sessions.endOfProvider(database, uid)),
      log: needs.log,
    });
  }

  function current(): Promise<Provider> {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  }

  return {
    current,
    renew() {
      if (made) made = make();
    },
    async handle(req, res) {
      const provider = await current();
      const [url, mounted] = [req.url!, `${needs.base}/oidc`];
      // The provider is an application of its own that knows its addresses by where it is mounted.
      req.url = url.slice(url.startsWith(`${mounted}/`) ? mounted.length : needs.base.length);
      Object.assign(req, { baseUrl: mounted });
      try {
        await provider.callback()(req, res);
      } finally {
        req.url = url;
      }
    },
  };
}
