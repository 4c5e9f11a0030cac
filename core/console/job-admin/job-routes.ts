import { type Clock, notFound, type Route, z } from '@task-connect/sdk';
import type { Runner } from '../../jobs/runner.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { AuditLog } from '../audit/audit-table.ts';
import { platform } from '../contract.ts';
import { pluginId } from '../plugin-admin/plugin-id.ts';
import { JobSummary, jobSummaries } from './job-summary.ts';

export const jobName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, { error: 'A job’s name has small letters, digits and hyphens.' })
  .max(100);
const params = z.object({ pluginId, name: jobName });

const Run = z.object({
  id: z.int(),
  at: z.string().describe('The time that it was planned for'),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  state: z.string(),
  error: z.string().nullable(),
  byHand: z.boolean(),
});

export type JobNeeds = { kernel: Kernel; runner: Runner; clock: Clock; audit: AuditLog };

/** Jobs, their runs, and what an operator does to them. The row of audit is written with the change. */
export function jobRoutes(given: () => JobNeeds): Route[] {
  const pausing = (verb: 'pause' | 'resume') =>
    platform.route({
      method: 'POST',
      path: `/platform/jobs/:pluginId/:name/${verb}`,
      summary:
        verb === 'pause' ? 'Pause a job: its times pass without a run' : 'Resume a job with its next time from now',
      permission: 'platform:manage',
      params,
      returns: z.object({ paused: z.boolean() }),
      async handle({ params: { pluginId: plugin, name }, ...by }) {
        const paused = verb === 'pause';
        const { runner, audit } = given();
        const subject = `${plugin}/${name}`;
        const entry = { action: `job.${verb}d`, subject, before: { paused: !paused }, after: { paused } };
        if (!(await runner.setPaused(plugin, name, paused, (tx) => audit.add(by, entry, tx)))) notFound('job', subject);
        return { paused };
      },
    });

  return [
    platform.route({
      method: 'GET',
      path: '/platform/jobs',
      summary: 'All jobs with their last and next runs',
      permission: 'platform:manage',
      returns: z.object({ items: z.array(JobSummary) }),
      handle: async () => ({ items: await jobSummaries(given()) }),
    }),
    platform.route({
      method: 'GET',
      path: '/platform/jobs/:pluginId/:name/runs',
      summary: 'The last runs of a job',
      permission: 'platform:manage',
      params,
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
      returns: z.object({ items: z.array(Run) }),
      handle: async ({ params: { pluginId: plugin, name }, query }) => ({
        items: await given().runner.runs(plugin, name, query.limit),
      }),
    }),
    platform.route({
      method: 'POST',
      path: '/platform/jobs/:pluginId/:name/run',
      summary: 'Run a job now, besides its plan',
      permission: 'platform:manage',
      params,
      status: 202,
      returns: z.object({ asked: z.boolean() }),
      async handle({ params: { pluginId: plugin, name }, ...by }) {
        const { runner, audit } = given();
        const subject = `${plugin}/${name}`;
        const asked = await runner.runNow(plugin, name, (tx) => audit.add(by, { action: 'job.asked', subject }, tx));
        if (!asked) notFound('job', subject);
        return { asked };
      },
    }),
    pausing('pause'),
    pausing('resume'),
  ];
}
