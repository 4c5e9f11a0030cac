import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { endsWithin } from '../database/patience.ts';
import { errorText } from '../database/storable-text.ts';
import { makePump } from '../events/pump.ts';
import {
  ask,
  begin,
  claim,
  extend,
  finish,
  forget,
  giveBack,
  type JobRow,
  type JobRun,
  type JobState,
  loseRuns,
  register,
  releaseAsked,
  releasePlanned,
  runs,
  states,
  unregister,
} from './job-table.ts';
import { missedRuns, nextRun } from './schedule.ts';

// Runs jobs at the times of their cron expressions, once across all processes. It promises that a job that hangs or
// whose process was killed loses its lock, that what was missed is treated by the job's own rule, and a history.
//
// A job is claimed by a lease, for one run: its end and the job's next time are written together, so that a process
// that is killed between two missed runs repeats none of them. All writing is done by one loop, in turn; what it cannot
// write now, it writes when the database is back, and holds the lease until then.

export type { JobRun, JobState };

export type RunnableJob = {
  plugin: string;
  name: string;
  title: string;
  cron: string;
  zone: string;
  late: 'run-once' | 'run-all' | 'skip';
  timeoutSeconds: number;
  run(at: Temporal.Instant, lease: Lease): Promise<void>;
};

export type Lease = {
  /** Aborted when the run no longer counts: it took too long, its lock was taken, or its plugin leaves. */
  signal: AbortSignal;
  /** Throws when the run no longer counts; asks the database where that is not certain. */
  confirm(): Promise<void>;
};

export type Runner = {
  /** Serves these jobs until the result is disposed of, which waits for those that run (up to 30 s). */
  serve(jobs: readonly RunnableJob[]): Promise<AsyncDisposable>;
  /** Forgets what is planned for a plugin that was never on. */
  forget(plugin: string): Promise<void>;
  /** Runs it now, in whichever process serves it; false when there is no such job. */
  runNow(plugin: string, name: string): Promise<boolean>;
  states(): Promise<JobState[]>;
  runs(plugin: string, name: string, limit: number): Promise<JobRun[]>;
  /** For tests: does what is due and resolves. */
  settle(): Promise<void>;
  wake(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

/** `lost`: stopped with its plugin, to be run again by whoever serves it next. */
type End = { state: 'done' | 'failed' | 'lost'; error: string | null };

type Held = {
  job: RunnableJob;
  row: JobRow;
  run: number;
  at: Temporal.Instant;
  byHand: boolean;
  startedAt: Temporal.Instant;
  /** Until then nobody else takes it, as far as is known here. */
  until: Temporal.Instant;
  abort: AbortController;
  end: End | undefined;
  ended: PromiseWithResolvers<void>;
};

// A minute after a process was killed another one runs its job again; a renewal may fail for three quarters of it.
const leaseTime = { seconds: 60 };
const renewBelow = { seconds: 45 };
const vanished = 'The process that ran it ended or was cut off; its lock was taken back.';
const stopped = 'The process or the plugin was stopped before the job ended.';

const isAfter = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) >= 0;
const keyOf = (job: { plugin: string; name: string }) => `${job.plugin} ${job.name}`;

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
  const holding = new Set<Held>();
  const holder = randomUUID();
  const now = () => clock.now().toString();

  /** One run of a job that is due; true when there may be more to claim. */
  async function claimOne(): Promise<boolean> {
    const jobs = [...serving.values()];
    if (jobs.length === 0) return false;
    const present = clock.now();
    const until = present.add(leaseTime);
    let more = false;
    const held = await database.transaction(async (tx): Promise<Held | undefined> => {
      const [row] = await tx.query(claim, [
        jobs.map((job) => job.plugin),
        jobs.map((job) => job.name),
        present.toString(),
        until.toString(),
        holder,
      ]);
      if (!row) return undefined;
      more = true;
      const { plugin, name, lease } = row;
      const lost = await tx.query(loseRuns, [plugin, name, present.toString(), vanished]);
      if (lost.length > 0) log.warn({ plugin, job: name }, 'A run of a job was lost; the job is taken over');
      const job = serving.get(keyOf(row));
      const at = job && timeOf(job, row, present);
      if (!at) {
        // Its plugin has left meanwhile; or all that was missed is skipped.
        if (!job) await tx.query(giveBack, [plugin, name, lease]);
        else await tx.query(releasePlanned, [plugin, name, lease, next(row, present), row.cron, row.zone]);
        return undefined;
      }
      const byHand = row.asked_at !== null;
      const [run] = await tx.query(begin, [plugin, name, at.toString(), present.toString(), byHand]);
      const ended = Promise.withResolvers<void>();
      const abort = new AbortController();
      return { job, row, run: run!.id, at, byHand, startedAt: present, until, abort, end: undefined, ended };
    });
    if (held) start(held);
    return more;
  }

  /**
   * The time to run it for; undefined when its rule lets it go. One that was asked for runs besides the plan. The plan
   * is the row's, which a newer version beside this one may have changed.
   */
  function timeOf(job: RunnableJob, row: JobRow, present: Temporal.Instant): Temporal.Instant | undefined {
    if (row.asked_at !== null) return present;
    const beforeDue = Temporal.Instant.from(row.next_at!).subtract({ milliseconds: 1 });
    return missedRuns(row.cron, row.zone, beforeDue, present, job.late)[0];
  }

  const next = ({ cron, zone }: { cron: string; zone: string }, after: Temporal.Instant): string | null =>
    nextRun(cron, zone, after)?.toString() ?? null;

  function start(held: Held): void {
    holding.add(held);
    const { signal } = held.abort;
    const lease: Lease = {
      signal,
      async confirm() {
        signal.throwIfAborted();
        if (isAfter(clock.now(), held.until)) await renew(held);
        signal.throwIfAborted();
      },
    };
    Promise.try(() => held.job.run(held.at, lease)).then(
      () => end(held, { state: 'done', error: null }),
      (error) => end(held, { state: 'failed', error: errorText(error) }, error),
    );
  }

  /** The first end counts: what a run that was given up comes to later is not heard. */
  function end(held: Held, how: End, cause: unknown = how.error): void {
    if (held.end || !holding.has(held)) return;
    if (how.state !== 'done')
      log.error({ plugin: held.job.plugin, job: held.job.name, err: cause }, `A run of a job is ${how.state}`);
    held.end = how;
    held.ended.resolve();
    pump.wake();
  }

  function giveUp(held: Held, error: string, state: 'failed' | 'lost'): void {
    if (held.end) return;
    end(held, { state, error });
    held.abort.abort(new Error(error));
  }

  function lose(held: Held): void {
    log.warn({ plugin: held.job.plugin, job: held.job.name }, 'Another process has taken over a job that runs here');
    holding.delete(held);
    held.ended.resolve();
    held.abort.abort(new Error('Its lock was taken by another process.'));
  }

  /** Only the database says that it is lost: one that cannot be reached says nothing. */
  async function renew(held: Held): Promise<void> {
    const until = clock.now().add(leaseTime);
    const kept = await database.query(extend, [held.row.plugin, held.row.name, held.row.lease, until.toString()]);
    if (kept.length > 0) held.until = until;
    else if (holding.has(held)) lose(held);
  }

  async function record(held: Held): Promise<void> {
    const { job, row, byHand } = held;
    const { state, error } = held.end!;
    const kept = await database.transaction(async (tx) => {
      const owned = [row.plugin, row.name, row.lease] as const;
      const [mine] =
        state === 'lost'
          ? await tx.query(giveBack, [...owned])
          : byHand
            ? await tx.query(releaseAsked, [...owned, row.asked_at!])
            : await tx.query(releasePlanned, [...owned, next(row, held.at), row.cron, row.zone]);
      if (!mine) return false;
      await tx.query(finish, [held.run, state, now(), error]);
      await tx.query(forget, [row.plugin, row.name]);
      return true;
    });
    if (!kept) return lose(held);
    holding.delete(held);
    if (state !== 'lost')
      needs.ended(job.plugin, job.name, state, clock.now().since(held.startedAt).total('milliseconds') / 1000);
  }

  /** Writes what has ended, gives up what hangs, and keeps the locks of the rest. */
  async function tend(): Promise<void> {
    for (const held of holding) {
      const { timeoutSeconds } = held.job;
      if (isAfter(clock.now(), held.startedAt.add({ seconds: timeoutSeconds })))
        giveUp(held, `It took longer than ${timeoutSeconds} s; its lock was taken back.`, 'failed');
    }
    for (const held of [...holding]) {
      if (held.end) await record(held);
      else if (isAfter(clock.now().add(renewBelow), held.until)) await renew(held);
    }
  }

  const pump = makePump({
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
          await tx.query(register, [job.plugin, job.name, job.cron, job.zone, next(job, clock.now())]);
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
    async runNow(plugin, name) {
      const [asked] = await database.query(ask, [plugin, name, now()]);
      pump.wake();
      return asked !== undefined;
    },
    states: () => database.query(states, []),
    runs: (plugin, name, limit) => database.query(runs, [plugin, name, limit]),
    async settle() {
      do {
        pump.wake();
        await pump.idle();
        await Promise.all([...holding].map((held) => held.ended.promise));
        // Where the database is away the loop rests between its tries.
        if (holding.size > 0) await pause(1);
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
