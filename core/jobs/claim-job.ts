import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { type Held, leaseTime, nextOf, type RunnableJob } from './held-jobs.ts';
import { begin, claim, giveBack, type JobRow, loseRuns, releasePlanned } from './job-table.ts';
import { missedRuns } from './schedule.ts';

const vanished = 'The process that ran it ended or was cut off; its lock was taken back.';

export const keyOf = (job: { plugin: string; name: string }) => `${job.plugin} ${job.name}`;

/** Claims one run of a job that is due, and begins it. */
export function makeClaimJob(needs: {
  database: Database;
  clock: Clock;
  log: Log;
  /** The process, among those that claim. */
  holder: string;
  serving: ReadonlyMap<string, RunnableJob>;
  start: (held: Held) => void;
}): () => Promise<boolean> {
  const { database, clock, log, holder, serving } = needs;

  /**
   * The time to run it for; undefined when its rule lets it go. One that was asked for runs besides the plan. The plan
   * is the row's, which a newer version beside this one may have changed.
   */
  function timeOf(job: RunnableJob, row: JobRow, present: Temporal.Instant): Temporal.Instant | undefined {
    if (row.asked_at !== null) return present;
    const beforeDue = Temporal.Instant.from(row.next_at!).subtract({ milliseconds: 1 });
    return missedRuns(row.cron, row.zone, beforeDue, present, job.late)[0];
  }

  /** True when there may be more to claim. */
  return async () => {
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
        else await tx.query(releasePlanned, [plugin, name, lease, nextOf(row, present), row.cron, row.zone]);
        return undefined;
      }
      const byHand = row.asked_at !== null;
      const [run] = await tx.query(begin, [plugin, name, at.toString(), present.toString(), byHand]);
      const ended = Promise.withResolvers<void>();
      const abort = new AbortController();
      return { job, row, run: run!.id, at, byHand, startedAt: present, until, abort, end: undefined, ended };
    });
    if (held) needs.start(held);
    return more;
  };
}
