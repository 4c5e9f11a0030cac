import type { Clock } from '@task-connect/sdk';
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { isIssuerAway } from './back-channel.ts';
import type { Issuer } from './issuer.ts';
import { algorithms, skewSeconds } from './verifier.ts';

// What another issuer says of a session: by the id token of a sign-in, and by the refresh token later.

export type IssuerTokens = { claims: JWTPayload; idToken: string; refreshToken: string | undefined; seconds: number };

export type IssuerSessions = {
  /** Verifies what the token endpoint gave; throws a JOSE error when it is not good. */
  read(tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers): Promise<IssuerTokens>;
  /** Asks whether the session goes on there. `away`: it cannot be asked now. */
  refresh(token: string): Promise<IssuerTokens | 'ended' | 'away'>;
};

/** Of tokens that do not say how long they are good. */
const usualSeconds = 300;

export function makeIssuerSessions(needs: {
  issuer: Issuer;
  clientId: string;
  keys: JWTVerifyGetKey;
  clock: Clock;
  /** Told that the issuer does not take us for its client. */
  refused(reason: string | undefined): void;
}): IssuerSessions {
  const { issuer, clientId, keys, clock } = needs;

  async function read(tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers) {
    const { payload: claims } = await jwtVerify(tokens.id_token!, keys, {
      issuer: issuer.url,
      audience: clientId,
      algorithms,
      clockTolerance: skewSeconds,
      currentDate: new Date(clock.now().epochMilliseconds),
      requiredClaims: ['iss', 'aud', 'exp', 'iat', 'sub'],
    });
    needs.refused(undefined);
    const seconds = tokens.expires_in ?? usualSeconds;
    return { claims, idToken: tokens.id_token!, refreshToken: tokens.refresh_token, seconds };
  }

  return {
    read,
    async refresh(token) {
      try {
        const client = await issuer.client();
        const tokens = await openid.refreshTokenGrant(client, token);
        return tokens.id_token === undefined ? 'ended' : await read(tokens);
      } catch (error) {
        if (error instanceof openid.ResponseBodyError && error.error === 'invalid_grant') return 'ended';
        if (error instanceof openid.ResponseBodyError && /client/.test(error.error)) {
          needs.refused(error.error);
          return 'away';
        }
        if (isIssuerAway(error)) return 'away';
        throw error;
      }
    },
  };
}
