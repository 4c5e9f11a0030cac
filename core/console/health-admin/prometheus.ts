import { z } from '@task-connect/sdk';
import { endlessRoute } from '../../observability/metrics.ts';
import { type Line, lineNames, type Range, ranges, rounded, type Series, slotsOf } from './series.ts';

// The same lines, read from a Prometheus that scrapes /metrics. Other programs may have numbers of the same names, so
// ours are told by labels and by numbers that only ours have.

const ours = `plugin!="",route!="${endlessRoute}"`;
const isOurs = 'on (job, instance) group by (job, instance) (pool_connections)';

/** What to ask; `window` is the stretch over which what is counted becomes a rate. */
const questions = (window: string): Record<Line, string> => ({
  requests: `sum(rate(http_request_duration_seconds_count{${ours}}[${window}]))`,
  answerTime: `1000 * histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{${ours}}[${window}])))`,
  errors: `100 * (sum(rate(http_request_duration_seconds_count{${ours},status=~"5.."}[${window}])) or vector(0)) / (sum(rate(http_request_duration_seconds_count{${ours}}[${window}])) > 0)`,
  eventLag: `histogram_quantile(0.95, sum by (le) (rate(event_delay_seconds_bucket{plugin!=""}[${window}])))`,
  memory: `max(process_resident_memory_bytes and ${isOurs})`,
  connections: 'max(sum by (job, instance) (pool_connections{state="busy"}))',
  connectionsWaiting: 'max(sum by (job, instance) (pool_connections{state="waiting"}))',
  queueWaiting: 'sum(max by (plugin, queue) (queue_waiting))',
  queueOldest: 'max(queue_oldest_seconds)',
});

const Matrix = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
});
const Refusal = z.object({ status: z.literal('error'), error: z.string() });

export type Prometheus = { series(range: Range, now: Temporal.Instant): Promise<Series> };

/** Fails with a sentence that says what is wrong with it. */
export function makePrometheus(needs: { url: string; timeoutMilliseconds?: number }): Prometheus {
  const host = new URL(needs.url).host;
  const base = needs.url.replace(/\/+$/, '');

  async function line(query: string, range: Range, now: Temporal.Instant, signal: AbortSignal) {
    const slots = slotsOf(range, now);
    const { step } = ranges[range];
    const second = (at: Temporal.Instant) => String(Math.floor(at.epochMilliseconds / 1000));
    // Asked at the end of each stretch, since a rate looks back.
    const body = new URLSearchParams({
      query,
      start: second(slots[0]!.add({ seconds: step })),
      end: second(slots.at(-1)!.add({ seconds: step })),
      step: String(step),
    });
    const response = await fetch(`${base}/api/v1/query_range`, { method: 'POST', body, signal, redirect: 'error' });
    const said: unknown = await response.json().catch(() => undefined);
    const refusal = Refusal.safeParse(said);
    if (refusal.success) throw new Refused(`refuses the question: ${refusal.data.error.slice(0, 200)}`);
    const matrix = Matrix.safeParse(said);
    if (!matrix.success) throw new Refused(`answers ${response.status}, and not as a Prometheus does`);
    const values = new Map(matrix.data.data.result[0]?.values);
    return slots.map((at) => number(values.get(Number(second(at.add({ seconds: step }))))));
  }

  return {
    async series(range, now) {
      const { step } = ranges[range];
      // At least four scrapes of 15 s, or a rate has too little to go by.
      const asked = questions(`${Math.max(60, step)}s`);
      const signal = AbortSignal.timeout(needs.timeoutMilliseconds ?? 4000);
      try {
        const found = await Promise.all(
          lineNames.map(async (name) => [name, await line(asked[name], range, now, signal)] as const),
        );
        return Object.fromEntries(found) as Series;
      } catch (error) {
        throw new Error(`Prometheus at ${host} ${faultOf(error, signal)}.`, { cause: error });
      }
    },
  };
}

class Refused extends Error {}

function faultOf(error: unknown, signal: AbortSignal): string {
  if (error instanceof Refused) return error.message;
  return signal.aborted ? 'did not answer in time' : 'cannot be reached';
}

/** Prometheus says NaN where a rate had nothing to divide. */
function number(text: string | undefined): number | null {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) ? rounded(value) : null;
}
