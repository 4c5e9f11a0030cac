import type { Clock } from '@task-connect/sdk';
import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { algorithms, skewSeconds } from './verifier.ts';

// The logout token of OpenID Connect Back-Channel Logout 1.0, §2.4, validated as §2.6 asks.

export type LogoutToken = { subject: string | undefined; session: string | undefined; id: string; expiresAt: string };

export class LogoutTokenRefused extends Error {
  override name = 'LogoutTokenRefused';
}

const event = 'http://schemas.openid.net/event/backchannel-logout';
/** Older ones are not replayed messages of a session that has long begun anew. */
const oldest = 120;

export async function readLogoutToken(
  token: string,
  needs: { issuer: string; clientId: string; keys: JWTVerifyGetKey; clock: Clock },
): Promise<LogoutToken> {
  const refuse = (reason: string): never => {
    throw new LogoutTokenRefused(reason);
  };
  const now = Math.floor(needs.clock.now().epochMilliseconds / 1000);
  const { payload, protectedHeader } = await jwtVerify(token, needs.keys, {
    issuer: needs.issuer,
    audience: needs.clientId,
    algorithms,
    clockTolerance: skewSeconds,
    currentDate: new Date(now * 1000),
    requiredClaims: ['iss', 'aud', 'iat', 'jti', 'events'],
  }).catch((error) => {
    if (!(error instanceof errors.JOSEError)) throw error;
    return refuse(error.message);
  });
  const { typ } = protectedHeader;
  if (typ !== undefined && !/^(application\/)?(logout\+jwt|jwt)$/i.test(typ)) refuse('its type is another one');
  if (payload.iat! > now + skewSeconds || payload.iat! < now - oldest - skewSeconds) refuse('it is not of now');
  if ('nonce' in payload) refuse('it has a nonce');
  const about = (payload.events as Record<string, unknown> | null)?.[event];
  if (typeof about !== 'object' || about === null) refuse('it is about another event');
  const session = typeof payload.sid === 'string' ? payload.sid : undefined;
  if (session === undefined && payload.sub === undefined) refuse('it names neither session nor subject');
  if (typeof payload.jti !== 'string') refuse('its id is no text');
  const expiresAt = Temporal.Instant.fromEpochMilliseconds((now + oldest + 4 * skewSeconds) * 1000).toString();
  return { subject: payload.sub, session, id: String(payload.jti), expiresAt };
}
