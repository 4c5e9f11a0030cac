import { statement } from '@task-connect/sdk';

export type RunningProcess = {
  id: string;
  role: string;
  version: string;
  internalUrl: string | null;
  plugins: Record<string, { state: string }>;
  startedAt: string;
  /** By the clock of the database, as `startedAt` is. */
  upSeconds: number;
};

export const runningProcesses = statement<[], RunningProcess>(
  'about.processes',
  `select id, role, version, internal_url as "internalUrl", plugins, started_at as "startedAt",
          extract(epoch from clock_timestamp() - started_at)::float8 as "upSeconds"
   from process where seen_at > clock_timestamp() - interval '15 seconds' order by started_at, id`,
);

export const serverVersion = statement<[], { version: string }>(
  'about.server-version',
  `select current_setting('server_version') as version`,
);
