import { randomUUID } from 'node:crypto';
import { type Actor, declareProblem } from '@task-connect/sdk';
import { decodeProtectedHeader, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Processes } from './processes.ts';
import type { Reach } from './registry.ts';

// What a process shows to another when a plugin calls a service: a JWT (RFC 7519) signed by the key of the calling
// process, for one plugin and one service, good for a minute and for one use. It names the person, and never says what
// the person may: that is looked up where the call arrives, and `may` only narrows it.

export const ServiceTokenRefused = declareProblem<{ reason: string }>({
  type: 'service-token-refused',
  status: 401,
  title: 'No good service token',
  detail: ({ reason }) => `${reason} Only processes of this installation call services here; the API is below /api.`,
  headers: () => ({ 'WWW-Authenticate': 'Bearer error="invalid_token"' }),
});

export type OnBehalf = {
  kind: Actor['kind'];
  person: string;
  organisation: string;
  /** Of the permissions of the provider, those that the credential of the person reaches; `*` all. */
  may: readonly string[];
};

export type ServiceClaims = { caller: string; provider: string; service: string; reach: Reach; actor: OnBehalf };

const lifetimeSeconds = 60;

export function makeServiceTokens(needs: { processes: Processes; installation: string; now?: () => Date }) {
  const { processes, installation, now = () => new Date() } = needs;
  const used = new Map<string, number>();

  async function keyOf(token: string): Promise<{ id: string; key: CryptoKey | Uint8Array; serves: string[] }> {
    const { kid } = decodeProtectedHeader(token);
    const find = () => processes.live().find((row) => row.id === kid);
    // One that has just started may not be known yet.
    if (!find()) await processes.refresh();
    const row = find();
    if (!row) throw new ServiceTokenRefused({ reason: 'No process that runs now has signed it.' });
    return { id: row.id, key: await importJWK(row.publicKey, 'ES256'), serves: Object.keys(row.plugins) };
  }

  function takeOnce({ jti, exp }: JWTPayload): void {
    const present = now().getTime() / 1000;
    // They stand nearly in the order of their ends, so the first that is still good ends the walk.
    if (used.size > 10_000)
      for (const [id, until] of used) {
        if (until >= present) break;
        used.delete(id);
      }
    if (!jti || used.has(jti)) throw new ServiceTokenRefused({ reason: 'It was used before.' });
    used.set(jti, (exp ?? 0) + 10);
  }

  return {
    sign: ({ caller, provider, service, reach, actor }: ServiceClaims): Promise<string> => {
      const at = Math.floor(now().getTime() / 1000);
      return new SignJWT({ service, reach, actor })
        .setProtectedHeader({ alg: 'ES256', typ: 'service+jwt', kid: processes.id })
        .setIssuer(installation)
        .setSubject(caller)
        .setAudience(provider)
        .setJti(randomUUID())
        .setIssuedAt(at)
        .setExpirationTime(at + lifetimeSeconds)
        .sign(processes.signingKey);
    },
    /** Throws a 401 for what this installation did not sign for `provider` and `service`. */
    async verify(token: string, provider: string, service: string): Promise<ServiceClaims> {
      try {
        const { key, serves } = await keyOf(token);
        const { payload } = await jwtVerify(token, key, {
          issuer: installation,
          audience: provider,
          algorithms: ['ES256'],
          typ: 'service+jwt',
          maxTokenAge: lifetimeSeconds,
          requiredClaims: ['exp', 'iat', 'sub', 'jti'],
          clockTolerance: 5,
          currentDate: now(),
        });
        if (payload.service !== service) throw new ServiceTokenRefused({ reason: 'It is for another service.' });
        const caller = payload.sub!;
        if (!serves.includes(caller))
          throw new ServiceTokenRefused({ reason: `The process that signed it does not serve ${caller}.` });
        takeOnce(payload);
        return { caller, provider, service, reach: payload.reach as Reach, actor: payload.actor as OnBehalf };
      } catch (error) {
        if (error instanceof ServiceTokenRefused) throw error;
        throw new ServiceTokenRefused({
          reason: `It does not hold (${(error as { code?: string }).code ?? 'no JWT'}).`,
        });
      }
    },
  };
}

export type ServiceTokens = ReturnType<typeof makeServiceTokens>;
