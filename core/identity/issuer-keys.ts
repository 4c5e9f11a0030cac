import type { Log } from '@task-connect/sdk';
import { Unavailable } from '@task-connect/sdk';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { type KeySet, publicPart, type SigningKeys } from './signing-keys.ts';

// The public keys of an issuer that is not ours. Promises: keys that were had once go on serving while the issuer is
// away; a key that is new there is fetched when the first token names it, but, whatever unknown keys people send, a
// second after the last time at the earliest, and on average every half minute.

type Needs = { load: () => Promise<JSONWebKeySet>; log: Log; now?: () => number };

const renewAfter = 10 * 60_000;
const notBefore = 1_000;
const spareEvery = 30_000;
const mostSpare = 5;

export function issuerKeys({ load, log, now = () => performance.now() }: Needs): JWTVerifyGetKey {
  let held: ReturnType<typeof createLocalJWKSet> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;
  // Keys are changed seldom, and then twice within a minute when somebody tries it; guesses come without end.
  let spare = mostSpare;
  let countedAt = now();

  function mayAskNow(): boolean {
    spare = Math.min(mostSpare, spare + (now() - countedAt) / spareEvery);
    countedAt = now();
    if (now() - askedAt < notBefore || spare < 1) return false;
    spare -= 1;
    return true;
  }

  function renew(): Promise<void> {
    askedAt = now();
    loading ??= load()
      .then(
        (set) => {
          held = createLocalJWKSet(set);
        },
        (error) => log.warn({ error }, 'The keys of the issuer cannot be fetched'),
      )
      .finally(() => {
        loading = undefined;
      });
    return loading;
  }

  return async (header, token) => {
    if (!held) await (now() - askedAt > 1_000 ? renew() : loading);
    else if (now() - askedAt > renewAfter) void renew();
    if (!held)
      throw new Unavailable({ detail: 'The issuer of access tokens does not answer. Try again soon.', retryAfter: 5 });
    try {
      return await held(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // Another one’s question may be under way, and its answer serves this one too.
      if (loading) await loading;
      else if (mayAskNow()) await renew();
      else throw error;
      return held(header, token);
    }
  };
}

/** The keys of our own provider: read from the secrets again when a token names one that is not known yet. */
export function ownKeys(keys: SigningKeys, now = () => performance.now()): JWTVerifyGetKey {
  let askedAt = Number.NEGATIVE_INFINITY;
  let made: { of: KeySet; set: ReturnType<typeof createLocalJWKSet> } | undefined;

  function current() {
    const { held } = keys;
    if (made?.of !== held) made = { of: held, set: createLocalJWKSet({ keys: held.signing.map(publicPart) }) };
    return made.set;
  }

  return async (header, token) => {
    try {
      return await current()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || now() - askedAt < 1_000) throw error;
      askedAt = now();
      await keys.refresh();
      return current()(header, token);
    }
  };
}
