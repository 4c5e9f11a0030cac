import { notFound, type Route, z } from '@task-connect/sdk';
import type { Runner } from '../../jobs/runner.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { AuditLog } from '../audit/audit-table.ts';
import { platform } from '../contract.ts';
import { jobSummaries } from '../plugin-admin/plugin-detail.ts';
import { JobSummary } from '../plugin-admin/plugin-view.ts';

const params = z.object({
  pluginId: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .max(60),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .max(100),
});

const Run = z.object({
  id: z.int(),
  at: z.string().describe('The time that it was planned for'),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  state: z.string(),
  error: z.string().nullable(),
  byHand: z.boolean(),
});

export function jobRoutes(given: () => { kernel: Kernel; runner: Runner; audit: AuditLog }): Route[] {
  return [
    platform.route({
      method: 'GET',
      path: '/platform/jobs',
      summary: 'All jobs with their last and next run',
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
      handle: async ({ params: { pluginId, name }, query }) => ({
        items: await given().runner.runs(pluginId, name, query.limit),
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
      async handle({ params: { pluginId, name }, actor, address, requestId }) {
        if (!(await given().runner.runNow(pluginId, name))) notFound('job', `${pluginId}/${name}`);
        await given().audit.add({ actor, address, requestId }, { action: 'job.asked', subject: `${pluginId}/${name}` });
        return { asked: true };
      },
    }),
  ];
}
