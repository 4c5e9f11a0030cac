import { statement } from '@task-connect/sdk';

// The plan of jobs and the history of their runs, in the platform's database. A job's row is its lock: who claims it
// draws a new lease number, and whatever bears an older one no longer counts.

export type JobState = {
  plugin: string;
  name: string;
  nextAt: string | null;
  /** Since when an operator has it paused. */
  pausedAt: string | null;
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

export type JobRow = {
  plugin: string;
  name: string;
  cron: string;
  zone: string;
  next_at: string | null;
  asked_at: string | null;
  lease: number;
};

export const register = statement<
  [plugin: string, name: string, cron: string, zone: string, next: string | null],
  never
>(
  'job.register',
  `insert into job (plugin, name, cron, zone, next_at) values ($1, $2, $3, $4, $5)
   on conflict (plugin, name) do update set cron = excluded.cron, zone = excluded.zone,
     next_at = case when job.cron = excluded.cron and job.zone = excluded.zone and job.next_at is not null then job.next_at else excluded.next_at end`,
);

/** What was planned for a plugin that was never on. */
export const unregister = statement<[plugin: string], never>('job.unregister', 'delete from job where plugin = $1');

export const claim = statement<
  [plugins: string[], names: string[], now: string, until: string, holder: string],
  JobRow
>(
  'job.claim',
  `update job j set lease = j.lease + 1, locked_until = $4, holder = $5
   where (j.plugin, j.name) = (
     select k.plugin, k.name from job k join unnest($1::text[], $2::text[]) as mine (plugin, name) using (plugin, name)
     where ((k.next_at <= $3 and k.paused_at is null) or k.asked_at is not null) and (k.locked_until is null or k.locked_until <= $3)
     order by k.next_at limit 1 for update of k skip locked)
   returning plugin, name, cron, zone, next_at, asked_at, lease`,
);

/** What a holder that vanished had begun. */
export const loseRuns = statement<[plugin: string, name: string, now: string, error: string], { id: number }>(
  'job.run.lose',
  `update job_run set state = 'lost', ended_at = $3, error = $4
   where plugin = $1 and name = $2 and state = 'running' returning id`,
);

export const begin = statement<
  [plugin: string, name: string, at: string, started: string, byHand: boolean],
  { id: number }
>(
  'job.run.begin',
  `insert into job_run (plugin, name, at, started_at, by_hand, state) values ($1, $2, $3, $4, $5, 'running') returning id`,
);

export const extend = statement<[plugin: string, name: string, lease: number, until: string], { lease: number }>(
  'job.extend',
  'update job set locked_until = $4 where plugin = $1 and name = $2 and lease = $3 returning lease',
);

export const finish = statement<[id: number, state: string, ended: string, error: string | null], never>(
  'job.run.finish',
  `update job_run set state = $2, ended_at = $3, error = $4 where id = $1 and state = 'running'`,
);

/** Gives a job back as it was claimed: what was due still is. */
export const giveBack = statement<[plugin: string, name: string, lease: number], { lease: number }>(
  'job.give-back',
  'update job set locked_until = null, holder = null where plugin = $1 and name = $2 and lease = $3 returning lease',
);

/** Gives it back with its next time, unless somebody has planned it anew meanwhile. */
export const releasePlanned = statement<
  [plugin: string, name: string, lease: number, next: string | null, cron: string, zone: string],
  { lease: number }
>(
  'job.release-planned',
  `update job set locked_until = null, holder = null,
     next_at = case when cron = $5 and zone = $6 then $4 else next_at end
   where plugin = $1 and name = $2 and lease = $3 returning lease`,
);

/** Gives it back after a run by hand; one that was asked for meanwhile is still to come. */
export const releaseAsked = statement<[plugin: string, name: string, lease: number, asked: string], { lease: number }>(
  'job.release-asked',
  `update job set locked_until = null, holder = null, asked_at = case when asked_at = $4 then null else asked_at end
   where plugin = $1 and name = $2 and lease = $3 returning lease`,
);

export const ask = statement<[plugin: string, name: string, now: string], { name: string }>(
  'job.ask',
  // Each asking is another one, also in the same moment.
  `update job set asked_at = greatest($3, asked_at + interval '1 microsecond') where plugin = $1 and name = $2 returning name`,
);

export const plan = statement<[plugin: string, name: string], { cron: string; zone: string; pausedAt: string | null }>(
  'job.plan',
  'select cron, zone, paused_at as "pausedAt" from job where plugin = $1 and name = $2 for update',
);

export const pause = statement<[plugin: string, name: string, at: string], never>(
  'job.pause',
  'update job set paused_at = $3 where plugin = $1 and name = $2',
);

/** Goes on with the next time from now: what passed while it was paused was not wanted. */
export const resume = statement<[plugin: string, name: string, next: string | null], never>(
  'job.resume',
  'update job set paused_at = null, next_at = $3 where plugin = $1 and name = $2',
);

/** The last runs of every job with how long each took, oldest first. */
export const recentRuns = statement<
  [perJob: number],
  { plugin: string; name: string; seconds: number | null; state: string }
>(
  'job.run.recent',
  `select j.plugin, j.name, r.seconds, r.state from job j cross join lateral (
     select id, state, extract(epoch from ended_at - started_at)::float8 as seconds from job_run
     where plugin = j.plugin and name = j.name order by id desc limit $1) r order by j.plugin, j.name, r.id`,
);

export const states = statement<[], JobState>(
  'job.states',
  `select j.plugin, j.name, j.next_at as "nextAt", j.paused_at as "pausedAt", r.started_at as "lastAt", r.state as "lastState", r.error as "lastError"
   from job j left join lateral (select * from job_run where plugin = j.plugin and name = j.name order by id desc limit 1) r on true
   order by j.plugin, j.name`,
);

export const runs = statement<[plugin: string, name: string, limit: number], JobRun>(
  'job.runs',
  `select id, at, started_at as "startedAt", ended_at as "endedAt", state, error, by_hand as "byHand"
   from job_run where plugin = $1 and name = $2 order by id desc limit $3`,
);

export const forget = statement<[plugin: string, name: string], never>(
  'job.run.forget',
  `delete from job_run where plugin = $1 and name = $2 and id <= coalesce((select id from job_run
   where plugin = $1 and name = $2 order by id desc offset 200 limit 1), 0)`,
);
