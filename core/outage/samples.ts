// What one client saw, request by request, and what can be said of it. Pure: the load makes samples, the report reads
// what is made of them here.

export type Sample = {
  /** Milliseconds since the load began: when it was asked, and when it was answered. */
  asked: number;
  answered: number;
  /** 0: no answer at all. */
  status: number;
  /** Whether a 503 said when to come back (RFC 9110, 10.2.3). */
  retryAfter: boolean;
};

export type Sight = {
  served: number;
  /** 503 that say when to come back. */
  held: number;
  /** Everything else: other 5xx, 503 without Retry-After, no answer. */
  failed: number;
  /** The statuses of what failed, each once. */
  failedAs: number[];
  /** The longest that one request took. */
  slowest: number;
  /** From the end of the outage until served without a gap; null: it was never away. */
  backAfter: number | null;
};

const isServed = ({ status }: Sample) => status > 0 && status < 500;

/** What was seen of an outage that lasted from `from` to `to`. Answers that came before it began do not count. */
export function sightOf(samples: readonly Sample[], { from, to }: { from: number; to: number }): Sight {
  const during = samples.filter((sample) => sample.answered >= from);
  const notServed = during.filter((sample) => !isServed(sample));
  const failed = notServed.filter(({ status, retryAfter }) => status !== 503 || !retryAfter);
  const last = notServed.reduce((latest, { answered }) => Math.max(latest, answered), -1);
  const next = during.filter((sample) => isServed(sample) && sample.answered > last);
  const first = next.reduce((earliest, { answered }) => Math.min(earliest, answered), Number.POSITIVE_INFINITY);
  return {
    served: during.length - notServed.length,
    held: notServed.length - failed.length,
    failed: failed.length,
    failedAs: [...new Set(failed.map(({ status }) => status))].sort((a, b) => a - b),
    slowest: during.reduce((longest, { asked, answered }) => Math.max(longest, answered - asked), 0),
    backAfter: notServed.length === 0 ? null : Math.max(0, first - to),
  };
}
