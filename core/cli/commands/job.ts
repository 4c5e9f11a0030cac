import { platformCommand } from '../command.ts';
import { runJob, wordsOfRun } from '../run-job.ts';
import { table } from '../table.ts';

const list = platformCommand({
  name: 'job list',
  usage: '',
  summary: 'List all jobs with their last and next run',
  options: {},
  looksOnly: true,
  async run(_, { platform }) {
    const { jobSummaries } = await import('../../console/job-admin/job-summary.ts');
    return { items: await jobSummaries(platform) };
  },
  show: ({ items }) =>
    table(
      ['Plugin', 'Job', 'When', 'Next run', 'Last run', ''],
      items.map((job) => [
        job.plugin,
        job.name,
        `${job.cron} ${job.zone}`,
        job.nextAt ?? 'paused',
        job.lastAt ?? 'never',
        [job.lastState, job.lastError].filter(Boolean).join(': '),
      ]),
    ),
});

const run = platformCommand({
  name: 'job run',
  usage: 'PLUGIN JOB',
  summary: 'Run a job now, besides its plan, and wait for its end',
  details: 'Without a running platform its enabled plugins work for as long as the job takes.',
  options: {},
  needs: 'work',
  async run({ operands: [plugin, job] }, { platform, record }) {
    await record({ action: 'job.asked', subject: `${plugin}/${job}` });
    return { plugin, job, ...(await runJob(platform, plugin!, job!)) };
  },
  show: (done) => (done.state === 'done' ? `${done.plugin}/${done.job} is done ${wordsOfRun(done)}.` : ''),
  fault: ({ plugin, job, state, error }) => (state === 'done' ? undefined : `${plugin}/${job} ${state}: ${error}`),
});

export const jobCommands = [list, run];
