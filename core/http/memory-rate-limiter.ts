import type { Bucket, LimitPolicy, RateLimiter, Verdict } from './rate-limiter.ts';

// The generic cell rate algorithm: one number per key, the time at which its bucket will be full again. It needs no
// list of past requests and has no edge of a window at which twice the limit passes.

// An attacker with many addresses must not fill the memory. Forgetting the oldest gives that key a fresh bucket, which
// is the smaller evil.
const mostKeys = 100_000;

export function memoryRateLimiter(needs: {
  /** Milliseconds that only go up. */
  now: () => number;
}): RateLimiter {
  return { bucket: (policy) => makeBucket(policy, needs.now) };
}

function makeBucket(policy: LimitPolicy, now: () => number): Bucket {
  const window = policy.windowSeconds * 1000;
  const interval = window / policy.limit;
  const fullAt = new Map<string, number>();

  function take(key: string): Verdict {
    const time = now();
    const known = fullAt.get(key);
    const full = known === undefined || known < time ? time : known;
    const next = full + interval;
    const allowed = next - time <= window;
    if (!allowed) {
      const retrySeconds = Math.ceil((next - time - window) / 1000);
      return { allowed, remaining: 0, resetSeconds: Math.ceil((full - time) / 1000), retrySeconds };
    }
    if (known === undefined && fullAt.size >= mostKeys) forget(fullAt, time);
    fullAt.set(key, next);
    const used = next - time;
    return {
      allowed,
      remaining: Math.floor((window - used) / interval + 1e-6),
      resetSeconds: Math.ceil(used / 1000),
      retrySeconds: 0,
    };
  }

  return { policy, take };
}

function forget(fullAt: Map<string, number>, time: number): void {
  for (const [key, at] of fullAt) if (at < time) fullAt.delete(key);
  const tooMany = fullAt.size - mostKeys * 0.9;
  let removed = 0;
  for (const key of fullAt.keys()) {
    if (removed++ >= tooMany) break;
    fullAt.delete(key);
  }
}
