import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { SecretValue } from '@task-connect/sdk';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { NotThereYet } from '../database/waiting.ts';
import { SecretChanged, SecretForbidden, type SecretStore } from '../secrets/secrets.ts';

// The keys of the embedded provider, in `certificates/signing-keys`. Promises: made once however many processes start,
// the same in all of them, and a rotation leaves what was signed before it good: `current` signs, `next` is published
// ahead so that nobody meets an unknown key, `old` still verifies.

export type SigningKey = JWK & { kid: string; alg: 'ES256'; use: 'sig' };

export type KeySet = {
  /** Private keys: current, next and, after a rotation, old. */
  signing: readonly SigningKey[];
  /** Sign cookies; the first signs, all verify. */
  cookies: readonly string[];
  /** From which the tokens of mailed links are derived; it stays through rotations, so that links in mail do. */
  links: string;
  version: number;
};

export type SigningKeys = {
  readonly held: KeySet;
  /** Reads them again; another process may have rotated. */
  refresh(): Promise<void>;
  whenChanged(then: () => void): void;
  /** `next` becomes current, current becomes old. When another process rotates at the same moment, that one counts. */
  rotate(): Promise<void>;
};

const path = 'certificates/signing-keys';

/** @throws NotThereYet where this process may not make them, and the one that may has not. */
export async function openSigningKeys(secrets: SecretStore): Promise<SigningKeys> {
  let held = await read();
  if (!held) {
    await writeUnlessChanged(
      {
        current: await newKey(),
        next: await newKey(),
        old: null,
        cookie: newSecret(),
        oldCookie: null,
        link: newSecret(),
      },
      0,
    );
    held = await read();
  }
  if (!held) throw new Error(`The secret ${path} cannot be read after it was written.`);
  let keys = held;

  async function read(): Promise<KeySet | undefined> {
    const found = await secrets.read(path);
    if (!found) return undefined;
    const { current, next, old, cookie, oldCookie, link } = found.value;
    return {
      signing: [current, next, old].filter((key) => key !== null).map((key) => JSON.parse(String(key)) as SigningKey),
      cookies: [cookie, oldCookie].filter((key) => key !== null).map(String),
      links: String(link),
      version: found.version,
    };
  }

  async function writeUnlessChanged(value: SecretValue, cas: number): Promise<void> {
    try {
      await secrets.write(path, value, { cas });
    } catch (error) {
      if (error instanceof SecretForbidden)
        throw new NotThereYet(`There is no secret ${path} yet: the process that serves sign-in makes it.`);
      if (!(error instanceof SecretChanged)) throw error;
    }
  }

  const told: (() => void)[] = [];
  async function refresh(): Promise<void> {
    const newest = await read();
    if (!newest || newest.version === keys.version) return;
    keys = newest;
    for (const then of told) then();
  }

  return {
    get held() {
      return keys;
    },
    refresh,
    whenChanged(then) {
      told.push(then);
    },
    async rotate() {
      const found = await secrets.read(path);
      if (!found) throw new Error(`There is no secret ${path} to rotate.`);
      const { current, next, cookie, link } = found.value;
      const value = {
        current: next!,
        next: await newKey(),
        old: current!,
        cookie: newSecret(),
        oldCookie: cookie!,
        link: link!,
      };
      await writeUnlessChanged(value, found.version);
      await refresh();
    },
  };
}

/** What others may see of a key. */
export function publicPart({ kty, crv, x, y, kid, alg, use }: SigningKey): SigningKey {
  return { kty, crv, x, y, kid, alg, use };
}

const newSecret = () => randomBytes(32).toString('base64url');

async function newKey(): Promise<string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  const kid = await calculateJwkThumbprint({ kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y });
  return JSON.stringify({ ...jwk, kid, alg: 'ES256', use: 'sig' });
}
