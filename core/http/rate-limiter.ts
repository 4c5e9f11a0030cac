// The port behind the limits of requests. It promises to let at most `limit` requests through at once and then one
// each `windowSeconds / limit`, per key. It leaves to its callers what a key is and what is said to who waits.
// The embedded adapter counts in this process; one that is shared by processes answers with promises.

export type LimitPolicy = { name: string; limit: number; windowSeconds: number };

export type Verdict = {
  allowed: boolean;
  /** Requests that are left now. */
  remaining: number;
  /** Seconds until all are there again. */
  resetSeconds: number;
  /** Seconds until the next is let through; 0 when it would be now. */
  retrySeconds: number;
};

export type Bucket = {
  readonly policy: LimitPolicy;
  /** Takes one, if there is one. */
  take(key: string): Verdict | Promise<Verdict>;
};

export type RateLimiter = { bucket(policy: LimitPolicy): Bucket };
