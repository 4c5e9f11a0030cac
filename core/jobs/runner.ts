import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Log } from '@task-connect/sdk';
import type { Database, Queries } from '../database/database.ts';
import { endsWithin } from '../database/patience.ts';
import { makePump, type Pump } from '../events/pump.ts';
import { keyOf, makeClaimJob } from './claim-job.ts';
import { type Held, type Lease, makeHeldJobs, nextOf, type RunnableJob } from './held-jobs.ts';
import {
  ask,
  type JobRun,
  type JobState,
  pause,
  plan,
  recentRuns,
  register,
  resume,
  runs,
  states,
  unregister,
} from './job-table.ts';

// Runs jobs at the times of their cron expressions, once across all processes. It promises that a job that hangs or
// whose process was killed loses its lock, that what was missed is treated by the job's own rule, and a history.
//
// A job is claimed by a lease, for one run: its end and the job's next time are written together, so that a process
// that is killed between two missed runs repeats none of them. All writing is done by one loop, in turn; what it cannot
// write now, it writes when the database is back, and holds the lease until then.

export type { JobRun, JobState, Lease, RunnableJob };

/** Written in the same transaction: who ordered it. */
export type Beside = (tx: Queries) => Promise<void>;

export type Runner = {
  /** Serves these jobs until the result is disposed of, which waits for those that run (up to 30 s). */
  serve(jobs: readonly RunnableJob[]): Promise<AsyncDisposable>;
  /** Forgets what is planned for a plugin that was never on. */
  forget(plugin: string): Promise<void>;
  /** Runs it now, in whichever process serves it, also while it is paused; false when there is no such job. */
  runNow(plugin: string, name: string, beside?: Beside): Promise<boolean>;
  /** Lets its times pass, or go on from now; false when there is no such job. `beside` is not called where it is so already. */
  setPaused(plugin: string, name: string, paused: boolean, beside?: Beside): Promise<boolean>;
  states(): Promise<JobState[]>;
  /** How long the last runs of every job took, oldest first. */
  recentRuns(perJob: number): Promise<{ plugin: string; name: string; seconds: number | null; state: string }[]>;
  runs(plugin: string, name: string, limit: number): Promise<JobRun[]>;
  /** For tests: does what is due and resolves. */
  settle(): Promise<void>;
  wake(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

const stopped = 'The process or the plugin was stopped before the job ended.';

export function makeRunner(needs: {
  database: Database;
  clock: Clock;
  log: Log;
  /** `seconds` is how long it took. */
  ended: (plugin: string, name: string, state: 'done' | 'failed', seconds: number) => void;
  drainMilliseconds?: number;
}): Runner {
  const { database, clock, log } = needs;
  const serving = new Map<string, RunnableJob>();
  const now = () => clock.now().toString();

  const { holding, start, giveUp, tend } = makeHeldJobs({ ...needs, wake: () => pump.wake() });
  const claimOne = makeClaimJob({ database, clock, log, holder: randomUUID(), serving, start });

  const pump: Pump = makePump({
    name: 'jobs',
    log,
    async work() {
      await tend();
      return claimOne();
    },
  });

  /** Waits for runs that end by themselves, and gives up the others: whoever serves the job next runs it again. */
  async function drain(isOurs: (held: Held) => boolean): Promise<void> {
    // A claim that is under way either begins its run, or finds that the job is no longer served.
    await pump.rest();
    const left = [...holding].filter(isOurs);
    const ends = Promise.all(left.map((held) => held.ended.promise));
    await endsWithin(needs.drainMilliseconds ?? 30_000, ends);
    for (const held of left) giveUp(held, stopped, 'lost');
    pump.wake();
    await pump.rest();
  }

  return {
    async serve(jobs) {
      await database.transaction(async (tx) => {
        for (const job of jobs)
          await tx.query(register, [job.plugin, job.name, job.cron, job.zone, nextOf(job, clock.now())]);
      });
      for (const job of jobs) serving.set(keyOf(job), job);
      pump.wake();
      return {
        async [Symbol.asyncDispose]() {
          for (const job of jobs) serving.delete(keyOf(job));
          await drain((held) => jobs.includes(held.job));
        },
      };
    },
    async forget(plugin) {
      await database.query(unregister, [plugin]);
    },
    async runNow(plugin, name, beside) {
      const asked = await database.transaction(async (tx) => {
        const [row] = await tx.query(ask, [plugin, name, now()]);
        if (row) await beside?.(tx);
        return row !== undefined;
      });
      pump.wake();
      return asked;
    },
    async setPaused(plugin, name, paused, beside) {
      const found = await database.transaction(async (tx) => {
        const [row] = await tx.query(plan, [plugin, name]);
        if (!row || (row.pausedAt !== null) === paused) return row !== undefined;
        if (paused) await tx.query(pause, [plugin, name, now()]);
        else await tx.query(resume, [plugin, name, nextOf(row, clock.now())]);
        await beside?.(tx);
        return true;
      });
      pump.wake();
      return found;
    },
    recentRuns: (perJob) => database.query(recentRuns, [perJob]),
    states: () => database.query(states, []),
    runs: (plugin, name, limit) => database.query(runs, [plugin, name, limit]),
    async settle() {
      do {
        pump.wake();
        await pump.idle();
        await Promise.all([...holding].map((held) => held.ended.promise));
        // Where the database is away the loop rests between its tries.
        if (holding.size > 0) await wait(1);
      } while (holding.size > 0);
    },
    wake: pump.wake,
    async [Symbol.asyncDispose]() {
      serving.clear();
      await drain(() => true);
      await pump[Symbol.asyncDispose]();
    },
  };
}
