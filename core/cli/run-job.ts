import { setTimeout as pause } from 'node:timers/promises';
import type { JobRun } from '../jobs/runner.ts';
import type { Platform } from '../platform.ts';
import { CommandFailed } from './command.ts';

/** Runs a job of a plugin besides its plan, in whichever process serves it, and waits for its end. */
export async function runJob(platform: Platform, plugin: string, job: string): Promise<JobRun> {
  const { runner, kernel } = platform;
  const view = kernel.plugin(plugin);
  if (view.state !== 'on') throw new CommandFailed(`${plugin} is ${view.state}; switch it on first.`);
  const declared = view.plugin?.parts.jobs?.find(({ name }) => name === job);
  const [before] = await runner.runs(plugin, job, 1);
  if (!(await runner.runNow(plugin, job)))
    throw new CommandFailed(`${plugin} has no job “${job}”; “job list” names them.`);
  const begunBy = performance.now() + 30_000;
  const endedBy = begunBy + (declared?.timeoutSeconds ?? 600) * 1000;
  for (;;) {
    const [run] = await runner.runs(plugin, job, 1);
    const isOurs = run !== undefined && run.id !== before?.id;
    if (isOurs && run.endedAt !== null) return run;
    if (!isOurs && performance.now() > begunBy) {
      throw new CommandFailed(
        'No process has taken the job within 30 s; it stays asked for. Does one with TC_ROLE all or worker run?',
      );
    }
    if (performance.now() > endedBy)
      throw new CommandFailed(`${plugin}/${job} still runs; “job list” shows how it ends.`);
    await pause(50);
  }
}

export const wordsOfRun = ({ startedAt, endedAt }: JobRun) =>
  `in ${Temporal.Instant.from(startedAt).until(endedAt!).total('seconds').toFixed(1)} s`;
