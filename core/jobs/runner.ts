import { randomUUID } from 'node:crypto';
import { type Clock, type Log, statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { makePump } from '../events/pump.ts';
import { missedRuns, nextRun } from './schedule.ts';

// Runs jobs at the times of their cron expressions, once across all processes. It promises that a job that hangs or
// whose process was killed loses its lock, that what was missed is treated by the job's own rule, and a history.
// A run that lost its lock is told so by its signal, and its end no longer counts (the lock bears a number).

export type RunnableJob = {
  plugin: string;
  name: string;
  title: string;
  cron: string;
  zone: string;
  late: 'run-once' | 'run-all' | 'skip';
  timeoutSeconds: number;
  run(at: Temporal.Instant, signal: AbortSignal): Promise<void>;
};

export type JobState = {
  plugin: string;
  name: string;
  nextAt: string | null;
  lastAt: string | null;
  lastState: 'running' | 'done' | 'failed' | 'lost' | null;
  lastError: string | null;
};
export type JobRun = {
  id: number;
  at: string;
  startedAt: string;
  endedAt: string | null;
  state: string;
  error: string | null;
  byHand: boolean;
};

type JobRow = {
  plugin: string;
  name: string;
  cron: string;
  zone: string;
  next_at: string | null;
  asked_at: string | null;
  lease: number;
};

const register = statement<[plugin: string, name: string, cron: string, zone: string, next: string | null], never>(
  'job.register',
  `insert into job (plugin, name, cron, zone, next_at) values ($1, $2, $3, $4, $5)
   on conflict (plugin, name) do update set cron = excluded.cron, zone = excluded.zone,
     next_at = case when job.cron = excluded.cron and job.zone = excluded.zone and job.next_at is not null then job.next_at else excluded.next_at end`,
);
const claim = statement<[plugins: string[], names: string[], now: string, until: string, holder: string], JobRow>(
  'job.claim',
  `update job j set lease = j.lease + 1, locked_until = $4, holder = $5
   where (j.plugin, j.name) = (
     select k.plugin, k.name from job k join unnest($1::text[], $2::text[]) as mine (plugin, name) using (plugin, name)
     where (k.next_at <= $3 or k.asked_at is not null) and (k.locked_until is null or k.locked_until <= $3)
     order by k.next_at limit 1 for update of k skip locked)
   returning plugin, name, cron, zone, next_at, asked_at, lease`,
);
// What a holder that vanished had begun.
const loseRuns = statement<[plugin: string, name: string, now: string], { id: number }>(
  'job.lose',
  `update job_run set state = 'lost', ended_at = $3, error = 'The process ended, or the job took longer than it may; its lock was taken back.'
   where plugin = $1 and name = $2 and state = 'running' returning id`,
);
const begin = statement<[plugin: string, name: string, at: string, started: string, byHand: boolean], { id: number }>(
  'job.run.begin',
  `insert into job_run (plugin, name, at, started_at, by_hand, state) values ($1, $2, $3, $4, $5, 'running') returning id`,
);
const extend = statement<[plugin: string, name: string, lease: number, until: string], { lease: number }>(
  'job.extend',
  'update job set locked_until = $4 where plugin = $1 and name = $2 and lease = $3 returning lease',
);
const finish = statement<[id: number, state: string, ended: string, error: string | null], never>(
  'job.run.finish',
  `update job_run set state = $2, ended_at = $3, error = $4 where id = $1 and state = 'running'`,
);
const release = statement<[plugin: string, name: string, lease: number, next: string | null], never>(
  'job.release',
  'update job set locked_until = null, holder = null, asked_at = null, next_at = $4 where plugin = $1 and name = $2 and lease = $3',
);
const ask = statement<[plugin: string, name: string, now: string], { name: string }>(
  'job.ask',
  'update job set asked_at = $3 where plugin = $1 and name = $2 returning name',
);
const states = statement<[], JobState>(
  'job.states',
  `select j.plugin, j.name, j.next_at as "nextAt", r.started_at as "lastAt", r.state as "lastState", r.error as "lastError"
   from job j left join lateral (select * from job_run where plugin = j.plugin and name = j.name order by id desc limit 1) r on true
   order by j.plugin, j.name`,
);
const runs = statement<[plugin: string, name: string, limit: number], JobRun>(
  'job.runs',
  `select id, at, started_at as "startedAt", ended_at as "endedAt", state, error, by_hand as "byHand"
   from job_run where plugin = $1 and name = $2 order by id desc limit $3`,
);
const forget = statement<[plugin: string, name: string], never>(
  'job.run.forget',
  `delete from job_run where plugin = $1 and name = $2 and id <= coalesce((select id from job_run
   where plugin = $1 and name = $2 order by id desc offset 200 limit 1), 0)`,
);

export type Runner = {
  /** Serves these jobs until the result is disposed of, which waits for those that run (up to 30 s). */
  serve(jobs: readonly RunnableJob[]): Promise<AsyncDisposable>;
  /** Runs it now, in whichever process serves it; false when there is no such job. */
  runNow(plugin: string, name: string): Promise<boolean>;
  states(): Promise<JobState[]>;
  runs(plugin: string, name: string, limit: number): Promise<JobRun[]>;
  /** For tests: does what is due and resolves. */
  settle(): Promise<void>;
  wake(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

export function makeRunner(needs: {
  database: Database;
  clock: Clock;
  log: Log;
  ended: (plugin: string, name: string, state: 'done' | 'failed') => void;
}): Runner {
  const { database, clock } = needs;
  const serving = new Map<string, RunnableJob>();
  const running = new Set<Promise<void>>();
  const now = () => clock.now().toString();
  const holder = randomUUID();
  const keyOf = (plugin: string, name: string) => `${plugin} ${name}`;

  async function takeOne(): Promise<boolean> {
    const jobs = [...serving.values()];
    if (jobs.length === 0) return false;
    const [row] = await database.query(claim, [
      jobs.map((job) => job.plugin),
      jobs.map((job) => job.name),
      now(),
      clock.now().add({ seconds: 60 }).toString(),
      holder,
    ]);
    if (!row) return false;
    const job = serving.get(keyOf(row.plugin, row.name));
    if (!job) return false;
    await database.query(loseRuns, [row.plugin, row.name, now()]);
    const work = runClaimed(job, row).catch((error) =>
      needs.log.error({ job: row.name, err: error }, 'A job could not be recorded'),
    );
    running.add(work);
    void work.finally(() => running.delete(work));
    return true;
  }

  async function runClaimed(job: RunnableJob, row: JobRow): Promise<void> {
    const dueAt = row.next_at === null ? undefined : Temporal.Instant.from(row.next_at);
    const isDue = dueAt !== undefined && Temporal.Instant.compare(dueAt, clock.now()) <= 0;
    const times =
      row.asked_at !== null && !isDue
        ? [clock.now()]
        : missedRuns(job.cron, job.zone, dueAt!.subtract({ milliseconds: 1 }), clock.now(), job.late);
    for (const at of times) await runAt(job, row, at);
    const next =
      row.asked_at !== null && !isDue ? row.next_at : (nextRun(job.cron, job.zone, clock.now())?.toString() ?? null);
    await database.query(release, [row.plugin, row.name, row.lease, next]);
    await database.query(forget, [row.plugin, row.name]);
  }

  async function runAt(job: RunnableJob, row: JobRow, at: Temporal.Instant): Promise<void> {
    const [run] = await database.query(begin, [row.plugin, row.name, at.toString(), now(), row.asked_at !== null]);
    const abort = new AbortController();
    const heartbeat = setInterval(() => {
      database.query(extend, [row.plugin, row.name, row.lease, clock.now().add({ seconds: 60 }).toString()]).then(
        (kept) => kept.length === 0 && abort.abort(new Error('Its lock was taken back.')),
        () => undefined,
      );
    }, 15_000);
    // A job that hangs: its lock is no longer renewed, so that the next run can take it.
    const deadline = setTimeout(() => {
      clearInterval(heartbeat);
      abort.abort(new Error(`It took longer than ${job.timeoutSeconds} s.`));
    }, job.timeoutSeconds * 1000);
    const aborted = new Promise<never>((_, reject) => {
      abort.signal.addEventListener('abort', () => reject(abort.signal.reason));
    });
    try {
      await Promise.race([job.run(at, abort.signal), aborted]);
      await database.query(finish, [run!.id, 'done', now(), null]);
      needs.ended(job.plugin, job.name, 'done');
    } catch (error) {
      await database.query(finish, [run!.id, 'failed', now(), (error as Error).message]);
      needs.ended(job.plugin, job.name, 'failed');
      needs.log.error({ plugin: job.plugin, job: job.name, err: error }, 'A job failed');
    } finally {
      clearInterval(heartbeat);
      clearTimeout(deadline);
    }
  }

  const pump = makePump({ name: 'jobs', log: needs.log, work: takeOne });

  return {
    async serve(jobs) {
      for (const job of jobs) {
        await database.query(register, [
          job.plugin,
          job.name,
          job.cron,
          job.zone,
          nextRun(job.cron, job.zone, clock.now())?.toString() ?? null,
        ]);
        serving.set(keyOf(job.plugin, job.name), job);
      }
      pump.wake();
      return {
        async [Symbol.asyncDispose]() {
          for (const job of jobs) serving.delete(keyOf(job.plugin, job.name));
          await Promise.allSettled(running);
        },
      };
    },
    async runNow(plugin, name) {
      const [asked] = await database.query(ask, [plugin, name, now()]);
      pump.wake();
      return asked !== undefined;
    },
    states: () => database.query(states, []),
    runs: (plugin, name, limit) => database.query(runs, [plugin, name, limit]),
    async settle() {
      pump.wake();
      await pump.idle();
      while (running.size > 0) {
        await Promise.all(running);
        pump.wake();
        await pump.idle();
      }
    },
    wake: pump.wake,
    async [Symbol.asyncDispose]() {
      serving.clear();
      await pump[Symbol.asyncDispose]();
      await Promise.allSettled(running);
    },
  };
}
