import type { Clock } from '@task-connect/sdk';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { digestOf } from './digest.ts';
import { CredentialRefused } from './identity-problems.ts';

// JWT access tokens of the configured issuer, whichever it is (RFC 9068). Promises: what was verified once is known by
// its hash until it expires; every other token is a 401 that says why. Whether it was revoked since is asked elsewhere,
// each time (principals.ts).

export type VerifiedToken = {
  subject: string;
  jti: string;
  scopes: readonly string[];
  /** Of the embedded provider: the grant that it was issued under, which goes with sign-out. */
  grant: string | undefined;
  claims: JWTPayload;
};

export type Verifier = { verify(token: string): VerifiedToken | Promise<VerifiedToken> };

// Asymmetric ones alone: with `none` anybody signs, with HS256 everybody who may verify.
export const algorithms = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'Ed25519',
  'EdDSA',
];
/** How far the clocks of issuer and platform may be apart. */
export const skewSeconds = 30;
const longestToken = 16_384;

export function makeVerifier(needs: {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
  clock: Clock;
  remembered?: number;
}): Verifier {
  type Known = { token: VerifiedToken; until: number };
  const known = new LRUCache<string, Known>({ max: needs.remembered ?? 5_000 });
  const seconds = () => needs.clock.now().epochMilliseconds / 1000;

  async function verify(token: string, digest: string): Promise<VerifiedToken> {
    if (token.length > longestToken) throw new CredentialRefused({ reason: 'The access token is too long.' });
    const { payload } = await jwtVerify(token, needs.keys, {
      issuer: needs.issuer,
      audience: needs.audience,
      typ: 'at+jwt',
      algorithms,
      clockTolerance: skewSeconds,
      currentDate: new Date(needs.clock.now().epochMilliseconds),
      requiredClaims: ['iss', 'aud', 'exp', 'iat', 'sub'],
    }).catch(refuse);
    if (payload.iat! > seconds() + skewSeconds)
      throw new CredentialRefused({ reason: 'The access token is not made yet.' });
    const verified = {
      subject: payload.sub!,
      jti: payload.jti ?? digest,
      scopes: typeof payload.scope === 'string' ? payload.scope.split(' ').filter(Boolean) : [],
      grant: typeof payload.grant_id === 'string' ? payload.grant_id : undefined,
      claims: payload,
    };
    known.set(digest, { token: verified, until: payload.exp! + skewSeconds });
    return verified;
  }

  return {
    verify(token) {
      const digest = digestOf(token);
      const found = known.get(digest);
      if (!found) return verify(token, digest);
      if (seconds() < found.until) return found.token;
      known.delete(digest);
      throw new CredentialRefused({ reason: expired });
    },
  };
}

const expired = 'The access token has expired.';

/** Faults of the token become 401; that keys cannot be had is no fault of the token and goes on as it is. */
function refuse(error: unknown): never {
  if (!(error instanceof errors.JOSEError)) throw error;
  throw new CredentialRefused({ reason: reasonOf(error) });
}

function reasonOf(error: InstanceType<typeof errors.JOSEError>): string {
  if (error instanceof errors.JWTExpired) return expired;
  if (error instanceof errors.JWTClaimValidationFailed) {
    const about: Record<string, string> = {
      iss: 'The access token is from another issuer.',
      aud: 'The access token is for another audience.',
      nbf: 'The access token is not good yet.',
      typ: 'This is not an access token (its type is not at+jwt).',
    };
    return about[error.claim] ?? `The access token has no good claim “${error.claim}”.`;
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'This is not a JWT.';
  return 'The signature of the access token is not good.';
}
