import type { Log, Plugin } from '@task-connect/sdk';
import { errorText } from '../database/storable-text.ts';
import type { Lease, RunnableJob } from '../jobs/runner.ts';
import { leased } from './leased.ts';
import type { Workplace } from './workplace.ts';

// The jobs of a plugin, made ready for the runner: once for the platform, or once in each organisation.

export function pluginJobs(
  { contract, parts }: Plugin,
  needs: { place: Workplace; organisations: () => Promise<string[]>; log: Log },
): RunnableJob[] {
  return (parts.jobs ?? []).map((job): RunnableJob => {
    const runIn = (organisation: string | undefined, at: Temporal.Instant, lease: Lease) => {
      const reach = organisation ? 'member' : 'system';
      const scope = needs.place.ownScope({ organisation, reach, requestId: `job:${job.name}:${at}` });
      return needs.place.open(scope, (context) => job.run({ at }, leased(context, lease) as never));
    };
    /** What goes wrong in one organisation keeps it from no other. */
    async function runInEach(at: Temporal.Instant, lease: Lease): Promise<void> {
      const organisations = await needs.organisations();
      const errors: unknown[] = [];
      for (const organisation of organisations) {
        lease.signal.throwIfAborted();
        await runIn(organisation, at, lease).catch((error) => {
          lease.signal.throwIfAborted();
          errors.push(error);
          needs.log.warn({ job: job.name, organisation, err: error }, 'A job failed in one organisation');
        });
      }
      if (errors.length === 0) return;
      const [cause] = errors;
      throw new Error(`It failed in ${errors.length} of ${organisations.length} organisations: ${errorText(cause)}`, {
        cause,
      });
    }
    return {
      plugin: contract.id,
      name: job.name,
      title: job.title,
      cron: job.cron,
      zone: job.zone ?? 'UTC',
      late: job.late,
      timeoutSeconds: job.timeoutSeconds ?? 600,
      run: (at, lease) => (job.per === 'organisation' ? runInEach(at, lease) : runIn(undefined, at, lease)),
    };
  });
}
