import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '@task-connect/sdk';
import * as openid from 'openid-client';
import { sameText, sign } from './digest.ts';
import type { CookieJar } from './session-cookie.ts';

// What a browser keeps between leaving for the issuer and coming back: signed, for ten minutes, a cookie for each
// sign-in, so that two tabs do not end each other’s.

export type LoginState = { state: string; nonce: string; verifier: string; returnTo: string };

const seconds = 600;
const mostAtOnce = 5;

export function makeLoginState(needs: { cookies: CookieJar; cookieKeys: () => readonly string[]; clock: Clock }) {
  const { cookies, cookieKeys, clock } = needs;
  const nameOf = (state: string) => cookies.nameOf(`login_${state.slice(0, 12)}`);
  const now = () => Math.floor(clock.now().epochMilliseconds / 1000);

  return {
    begin(headers: IncomingHttpHeaders, returnTo: string): LoginState & { setCookies: string[] } {
      const login = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: openid.randomPKCECodeVerifier(),
        returnTo,
      };
      const content = Buffer.from(JSON.stringify({ ...login, until: now() + seconds })).toString('base64url');
      const own = cookies.write(nameOf(login.state), `${content}.${sign(cookieKeys()[0]!, content)}`, seconds);
      // Many that were begun and left would fill the header of requests.
      const left = cookies.names(headers, 'login_').slice(0, -mostAtOnce);
      return { ...login, setCookies: [...left.map((name) => cookies.clear(name)), own] };
    },

    /** The sign-in that this browser began with `state`. */
    take(headers: IncomingHttpHeaders, state: string | undefined): LoginState | undefined {
      if (!state) return undefined;
      const [content = '', signature = ''] = (cookies.read(headers, nameOf(state)) ?? '').split('.');
      if (!cookieKeys().some((key) => sameText(signature, sign(key, content)))) return undefined;
      const login = JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as LoginState & { until: number };
      return login.state === state && now() < login.until ? login : undefined;
    },

    clear: (state: string) => cookies.clear(nameOf(state)),
  };
}
