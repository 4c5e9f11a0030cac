import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../../database/database.ts';
import type { MinuteSample, Sampler } from '../../observability/sampler.ts';
import {
  addMinute,
  addTenMinutes,
  forgetMinutes,
  forgetTenMinutes,
  lastTenMinutes,
  minutesBetween,
  type SampleRow,
  tenMinutesFrom,
} from './sample-table.ts';
import { acrossProcesses, allOf, coarser, type Kept, slotOf, tenMinutes } from './thin.ts';

// Keeps how the platform was. It promises that minutes that a database was away for are written when it is back (the
// last hour of them), and that a process that was not there leaves a gap and no zeros. Leaves to series.ts what is
// drawn of it.

export type History = {
  /** Looks at this process, and writes down what is over. */
  tick(): Promise<void>;
  /** One row for each instant, from minutes or ten minutes as they are kept. */
  since(from: Temporal.Instant, grain: 'minutes' | 'ten-minutes'): Promise<Kept[]>;
  [Symbol.asyncDispose](): Promise<void>;
};

const mostWaiting = 60;
const minutesAreKept = { hours: 25 };
/** A slower process may still write its minute; what comes later than this is not in the coarse rows. */
const patience = { seconds: 90 };

export function makeHistory(needs: {
  database: Database;
  sampler: Sampler;
  process: string;
  clock: Clock;
  log: Log;
  /** For how long coarse rows are kept. */
  keepDays(): number;
}): History {
  const { database, sampler, clock, log } = needs;
  let waiting: MinuteSample[] = [];
  let thinned: Temporal.Instant | undefined;
  let turn: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      await database.query(addMinute, [next.at.toString(), needs.process, JSON.stringify(compact(next))]);
      waiting.shift();
    }
  }

  /** Every process does it, since any may end: the rows come out the same, and the first one stays. */
  async function thin(): Promise<void> {
    const end = slotOf(clock.now().subtract(patience), tenMinutes);
    if (thinned?.equals(end)) return;
    const [last] = await database.query(lastTenMinutes, []);
    const from = last?.at ? Temporal.Instant.from(last.at).add({ seconds: tenMinutes }) : end.subtract(minutesAreKept);
    const rows = (await database.query(minutesBetween, [from.toString(), end.toString()])).map(toKept);
    for (const { at, sample } of coarser(acrossProcesses(rows), tenMinutes))
      await database.query(addTenMinutes, [at.toString(), JSON.stringify(sample)]);
    await database.query(forgetMinutes, [clock.now().subtract(minutesAreKept).toString()]);
    await database.query(forgetTenMinutes, [
      clock
        .now()
        .subtract({ hours: 24 * needs.keepDays() })
        .toString(),
    ]);
    thinned = end;
  }

  async function tick(): Promise<void> {
    const over = await sampler.look();
    if (over) waiting.push(over);
    waiting = waiting.slice(-mostWaiting);
    if (!over) return;
    await write();
    await thin();
  }

  const quietly = (work: () => Promise<void>) =>
    work().catch((error) => log.debug({ err: error }, 'The history of health cannot be written now'));

  return {
    tick: () => (turn = turn.then(() => quietly(tick))),
    async since(from, grain) {
      const now = clock.now().add({ seconds: 60 }).toString();
      if (grain === 'minutes')
        return acrossProcesses((await database.query(minutesBetween, [from.toString(), now])).map(toKept));
      const coarse = (await database.query(tenMinutesFrom, [from.toString()])).map(toKept);
      const after = coarse.at(-1)?.at.add({ seconds: tenMinutes }) ?? from;
      const minutes = (await database.query(minutesBetween, [after.toString(), now])).map(toKept);
      return allOf(acrossProcesses(minutes), coarse);
    },
    async [Symbol.asyncDispose]() {
      await turn;
      const rest = sampler.present();
      if (rest) waiting.push(rest);
      await quietly(write);
    },
  };
}

const toKept = ({ at, sample }: SampleRow): Kept => ({ at: Temporal.Instant.from(at), sample });

/** Tenths of a second are as exact as anything drawn from them. */
const compact = ({ sample }: MinuteSample) => ({ ...sample, seconds: Math.round(sample.seconds * 10) / 10 });
