import { declareProblem, Problem } from '@task-connect/sdk';
import { networkOf } from '../../identity/network.ts';
import type { Exchange, Step } from '../exchange.ts';
import type { Bucket, RateLimiter, Verdict } from '../rate-limiter.ts';

// Three buckets: requests of a person or token, requests without login by address, and logins and tokens that were
// refused by address. The last is looked at before a token is verified, so that guessing costs us nothing more once it
// is empty, and it is a bucket of its own so that one guesser does not lock out a whole office.

const TooManyRequests = declareProblem({
  type: 'too-many-requests',
  status: 429,
  title: 'Too many requests',
  detail: (f: { limit: number; windowSeconds: number; retrySeconds: number }) =>
    `${f.limit} requests in ${f.windowSeconds} seconds are the limit. Go on in ${f.retrySeconds} s.`,
  headers: (f) => ({ 'Retry-After': String(f.retrySeconds) }),
});

export type RateLimits = {
  /** Once it is known who asks. */
  requests: Step;
  /** For pages that take a login. */
  visits: Step;
  /**
   * Counts a credential that was refused; after too many the refusal is a 429. It was looked at before, and the next will
   * be: otherwise one client’s bad tokens would shut out everybody else behind the same address.
   */
  countRefusal(exchange: Exchange, error: unknown): unknown;
};

export function rateLimits(
  limiter: RateLimiter,
  /** Asked at each request: they are changed while the platform runs. */
  limits: { readonly rateLimit: number; readonly anonymousRateLimit: number },
): RateLimits {
  const counted = (name: string, limit: () => number) =>
    changing(limit, (now) => told(limiter.bucket({ name, limit: now, windowSeconds: 60 })));
  const person = counted('person', () => limits.rateLimit);
  const address = counted('address', () => limits.anonymousRateLimit);
  const refused = counted('refused', () => limits.anonymousRateLimit);
  return {
    requests(exchange) {
      const { actor, credential } = exchange;
      // Other plugins call on behalf of somebody who was counted when they came in.
      if (actor.kind === 'plugin') return;
      if (actor.kind === 'anonymous') return address(exchange, networkOf(exchange.address));
      return person(exchange, credential.kind === 'personal-token' ? credential.tokenId : actor.person);
    },
    visits: (exchange) => address(exchange, networkOf(exchange.address)),
    countRefusal(exchange, error) {
      if (error instanceof Problem && error.status === 401) return refused(exchange, networkOf(exchange.address));
    },
  };
}

type Take = (exchange: Exchange, key: string) => void | Promise<void>;

/** Another limit is another bucket, which begins full. */
function changing(limit: () => number, make: (limit: number) => Take): Take {
  let known = limit();
  let take = make(known);
  return (exchange, key) => {
    const now = limit();
    if (now !== known) [known, take] = [now, make(now)];
    return take(exchange, key);
  };
}

/** Takes one from the bucket and tells the client how many are left (draft-ietf-httpapi-ratelimit-headers). */
function told(bucket: Bucket): Take {
  const { name, limit, windowSeconds } = bucket.policy;
  const policy = `"${name}";q=${limit};w=${windowSeconds}`;
  const head = `"${name}";r=`;
  function tell(exchange: Exchange, verdict: Verdict): void {
    const left = `${head}${verdict.remaining};t=${verdict.resetSeconds}`;
    exchange.answer.push('RateLimit-Policy', policy, 'RateLimit', left);
    refuseWhenEmpty(bucket, verdict);
  }
  return (exchange, key) => {
    const verdict = bucket.take(key);
    if (verdict instanceof Promise) return verdict.then((later) => tell(exchange, later));
    tell(exchange, verdict);
  };
}

function refuseWhenEmpty({ policy }: Bucket, { allowed, retrySeconds }: Verdict): void {
  if (!allowed) throw new TooManyRequests({ ...policy, retrySeconds });
}
