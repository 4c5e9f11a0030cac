import { type Clock, z } from '@task-connect/sdk';
import type { Runner } from '../../jobs/runner.ts';
import { nextRun } from '../../jobs/schedule.ts';
import { housekeepingPlan } from '../../kernel/housekeeping.ts';
import type { Kernel } from '../../kernel/kernel.ts';

export const JobSummary = z.object({
  plugin: z.string(),
  name: z.string(),
  title: z.string(),
  cron: z.string(),
  zone: z.string(),
  late: z.string(),
  on: z.boolean().describe('Whether its plugin is on'),
  paused: z.boolean().describe('Whether an operator has it paused'),
  pausedAt: z.string().nullable(),
  nextAt: z.string().nullable(),
  nextTimes: z.array(z.string()).describe('The next three times of its plan'),
  lastAt: z.string().nullable(),
  lastState: z.string().nullable(),
  lastError: z.string().nullable(),
  recent: z
    .array(z.object({ seconds: z.number().nullable(), state: z.string() }))
    .describe('How long the last runs took, oldest first'),
});
export type JobSummary = z.infer<typeof JobSummary>;

const shownRuns = 24;

/** All jobs, also of plugins that are off. */
export async function jobSummaries(needs: { kernel: Kernel; runner: Runner; clock: Clock }): Promise<JobSummary[]> {
  const states = await needs.runner.states();
  const runs = Map.groupBy(await needs.runner.recentRuns(shownRuns), (run) => `${run.plugin} ${run.name}`);
  return needs.kernel.plugins().flatMap((view) => {
    const ofPlugin = states.filter((state) => state.plugin === view.id);
    const keptHouse = ofPlugin.some((state) => state.name === housekeepingPlan.name);
    const jobs = [...(view.plugin?.parts.jobs ?? []), ...(keptHouse ? [housekeepingPlan] : [])];
    return jobs.map(({ name, title, cron, zone = 'UTC', late }): JobSummary => {
      const state = ofPlugin.find((each) => each.name === name);
      const goes = view.state === 'on' && state !== undefined && state.pausedAt === null;
      return {
        plugin: view.id,
        name,
        title,
        cron,
        zone,
        late,
        on: view.state === 'on',
        paused: state !== undefined && state.pausedAt !== null,
        pausedAt: state?.pausedAt ?? null,
        nextAt: goes ? state.nextAt : null,
        nextTimes: goes && state.nextAt ? timesFrom(cron, zone, state.nextAt, needs.clock.now()) : [],
        lastAt: state?.lastAt ?? null,
        lastState: state?.lastState ?? null,
        lastError: state?.lastError ?? null,
        recent: (runs.get(`${view.id} ${name}`) ?? []).map(({ seconds, state: how }) => ({ seconds, state: how })),
      };
    });
  });
}

function timesFrom(cron: string, zone: string, next: string, now: Temporal.Instant): string[] {
  const times = [next];
  for (let time = Temporal.Instant.from(next); times.length < 3; ) {
    const after = nextRun(cron, zone, Temporal.Instant.compare(time, now) > 0 ? time : now);
    if (!after) break;
    times.push(after.toString());
    time = after;
  }
  return times;
}
