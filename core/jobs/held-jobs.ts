import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { errorText } from '../database/storable-text.ts';
import { extend, finish, forget, giveBack, type JobRow, releaseAsked, releasePlanned } from './job-table.ts';
import { nextRun } from './schedule.ts';

// The runs that this process has claimed: begun, kept by renewing their lease, given up, and written down when they end.

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

/** `lost`: stopped with its plugin, to be run again by whoever serves it next. */
type End = { state: 'done' | 'failed' | 'lost'; error: string | null };

export type Held = {
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
export const leaseTime = { seconds: 60 };
const renewBelow = { seconds: 45 };

const isAfter = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) >= 0;

/** The next time of a plan. */
export const nextOf = ({ cron, zone }: { cron: string; zone: string }, after: Temporal.Instant): string | null =>
  nextRun(cron, zone, after)?.toString() ?? null;

export function makeHeldJobs(needs: {
  database: Database;
  clock: Clock;
  log: Log;
  /** `seconds` is how long it took. */
  ended: (plugin: string, name: string, state: 'done' | 'failed', seconds: number) => void;
  /** Something has ended and is to be written down. */
  wake: () => void;
}) {
  const { database, clock, log } = needs;
  const holding = new Set<Held>();
  const now = () => clock.now().toString();

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
    needs.wake();
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
            : await tx.query(releasePlanned, [...owned, nextOf(row, held.at), row.cron, row.zone]);
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

  return { holding, start, giveUp, tend };
}
