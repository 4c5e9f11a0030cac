import type { Clock } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { forgetOldDepartures } from '../events/departures.ts';
import { forgetOldMarks } from '../events/inbox.ts';
import type { RunnableJob } from '../jobs/runner.ts';
import { forgetOldKeys } from './idempotency.ts';
import { forgetOldEffects } from './outside-effect.ts';

/** The job that the platform has in each plugin. */
export const housekeepingPlan = {
  name: 'housekeeping',
  title: 'Forget what is kept of events, requests and effects long ago',
  cron: '17 3 * * *',
  zone: 'UTC',
  late: 'run-once',
} as const;

export const housekeeping = (plugin: string, database: Database, clock: Clock): RunnableJob => ({
  plugin,
  ...housekeepingPlan,
  timeoutSeconds: 600,
  async run() {
    const ago = (days: number) =>
      clock
        .now()
        .subtract({ hours: 24 * days })
        .toString();
    await database.query(forgetOldMarks, [ago(30)]);
    await database.query(forgetOldDepartures, [ago(30)]);
    await database.query(forgetOldKeys, [ago(1)]);
    // Much longer: an event that lies with the dead letters may be replayed, and must not repeat its effect.
    await database.query(forgetOldEffects, [ago(365)]);
  },
});
