import type { Clock } from '@task-connect/sdk';
import type { HealthReport } from './health.ts';
import type { Counted, QueueState } from './metrics.ts';
import { inARow, type Sample } from './sample.ts';

// Looks at this process again and again, and gives a sample for each minute that is over. It writes nothing down.

export type MinuteSample = { at: Temporal.Instant; sample: Sample };

export type Sampler = {
  /** Looks; gives the minute before this one, when this is the first look of a minute. */
  look(): Promise<MinuteSample | undefined>;
  /** What was seen of the present minute so far. */
  present(): MinuteSample | undefined;
};

export function makeSampler(needs: {
  clock: Clock;
  counted(): Promise<Counted>;
  memory(): number;
  pools(): readonly { busy: number; waiting: number }[];
  queues(): Promise<readonly QueueState[]>;
  health(): Promise<HealthReport>;
}): Sampler {
  const { clock } = needs;
  let before: { at: Temporal.Instant; counted: Counted } | undefined;
  let minute: { at: Temporal.Instant; looks: Sample[] } | undefined;

  const presentOf = (given: typeof minute) => given && { at: given.at, sample: inARow(given.looks) };

  return {
    async look() {
      const now = clock.now();
      const at = minuteOf(now);
      const isFirst = minute === undefined || !minute.at.equals(at);
      const counted = await needs.counted();
      const sums = needs.pools();
      const sample: Sample = {
        ...growth(before?.counted, counted),
        seconds: before ? Math.max(0, now.since(before.at).total('seconds')) : 0,
        memoryBytes: needs.memory(),
        connections: sum(sums.map((pool) => pool.busy)),
        connectionsWaiting: sum(sums.map((pool) => pool.waiting)),
        // Parts are other people's servers, and queues are asked of every database: once a minute is often enough.
        ...(isFirst ? await deepLook(needs) : { queues: {}, parts: {} }),
      };
      before = { at: now, counted };
      if (!isFirst) {
        minute!.looks.push(sample);
        return undefined;
      }
      const over = presentOf(minute);
      minute = { at, looks: [sample] };
      return over;
    },
    present: () => presentOf(minute),
  };
}

async function deepLook(needs: Pick<Parameters<typeof makeSampler>[0], 'queues' | 'health'>) {
  // What cannot be asked is missing, and takes nothing else with it.
  const [queues, report] = await Promise.all([needs.queues().catch(() => []), needs.health().catch(() => undefined)]);
  const byPlugin: Sample['queues'] = {};
  for (const { plugin, waiting, oldestSeconds, dead } of queues) {
    if (waiting + dead === 0) continue;
    const [known, oldest, died] = byPlugin[plugin] ?? [0, 0, 0];
    byPlugin[plugin] = [known + waiting, Math.max(oldest, oldestSeconds), died + dead];
  }
  const parts = Object.fromEntries(
    (report?.parts ?? []).map(({ name, state, latencyMs }) => [name, [state, latencyMs]]),
  );
  return { queues: byPlugin, parts: parts as Sample['parts'] };
}

/** Counters that went back are those of another registry: what they say was counted since. */
function growth(old: Counted | undefined, now: Counted) {
  if (!old) return { requests: 0, errors: 0, requestTimes: [], eventTimes: [] };
  const began = now.requests < old.requests ? undefined : old;
  const less = (a: readonly number[], b: readonly number[] = []) =>
    withoutLastZeros(a.map((count, at) => count - (b[at] ?? 0)));
  return {
    requests: now.requests - (began?.requests ?? 0),
    errors: now.errors - (began?.errors ?? 0),
    requestTimes: less(now.requestTimes, began?.requestTimes),
    eventTimes: less(now.eventTimes, began?.eventTimes),
  };
}

const withoutLastZeros = (counts: readonly number[]) => counts.slice(0, counts.findLastIndex((one) => one !== 0) + 1);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

export const minuteOf = (at: Temporal.Instant): Temporal.Instant =>
  at.round({ smallestUnit: 'minute', roundingMode: 'floor' });
