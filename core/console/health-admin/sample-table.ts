import { statement } from '@task-connect/sdk';
import type { Sample } from '../../observability/sample.ts';

export type SampleRow = { at: string; sample: Sample };

export const addMinute = statement<[at: string, process: string, sample: string], never>(
  'sample.add-minute',
  `insert into sample_minute (at, process, sample) values ($1, $2, $3::jsonb) on conflict (at, process) do nothing`,
);
export const minutesBetween = statement<[from: string, to: string], SampleRow>(
  'sample.minutes-between',
  `select at, sample from sample_minute where at >= $1 and at < $2 order by at`,
);
export const addTenMinutes = statement<[at: string, sample: string], never>(
  'sample.add-ten-minutes',
  `insert into sample_ten_minutes (at, sample) values ($1, $2::jsonb) on conflict (at) do nothing`,
);
export const tenMinutesFrom = statement<[from: string], SampleRow>(
  'sample.ten-minutes-from',
  `select at, sample from sample_ten_minutes where at >= $1 order by at`,
);
export const lastTenMinutes = statement<[], { at: string | null }>(
  'sample.last-ten-minutes',
  `select max(at) as at from sample_ten_minutes`,
);
export const forgetMinutes = statement<[before: string], never>(
  'sample.forget-minutes',
  `delete from sample_minute where at < $1`,
);
export const forgetTenMinutes = statement<[before: string], never>(
  'sample.forget-ten-minutes',
  `delete from sample_ten_minutes where at < $1`,
);
