import { CommandFailed, hereCommand, UsageError } from '../command.ts';
import type { Ready } from '../run-platform.ts';

export const start = hereCommand({
  name: 'start',
  usage: '',
  summary: 'Bring up the platform and serve until Ctrl-C',
  details:
    'The log goes to log/platform.log in the data folder. With --logs stdout it goes to standard output, a line of JSON\n' +
    'each, and the summary to standard error; that is for containers.',
  options: {
    logs: { type: 'string', takes: 'file|stdout', means: 'Where the log goes; file when not given' },
  },
  async run({ options }, shell) {
    const logs = options.logs ?? 'file';
    if (logs !== 'file' && logs !== 'stdout') throw new UsageError(`--logs is “${logs}”; it takes file or stdout.`);
    const { settings, sources } = shell.settings();
    const [{ runPlatform }, { logFile, openLog, openLogFile }] = await Promise.all([
      import('../run-platform.ts'),
      import('../log-file.ts'),
    ]);
    const say = logs === 'stdout' ? shell.tell : shell.say;
    const ending = await runPlatform({
      settings,
      sources,
      commands: shell.commands,
      openLog: () =>
        logs === 'stdout'
          ? openLog(process.stdout.fd, settings.logLevel)
          : openLogFile(settings.data, settings.logLevel),
      waiting: (reason) => shell.tell(`Waiting (Ctrl-C ends it): ${reason}`),
      ready: (what) => say(shell.json ? JSON.stringify(what) : summary(what)),
    });
    if (ending.byFault) {
      const where = logs === 'file' ? `the end of ${logFile(settings.data)}` : 'the log';
      throw new CommandFailed(`Task Connect ended because of an error; ${where} says which.`);
    }
    return undefined;
  },
  show: () => '',
});

/** What a person needs to go on from here. */
function summary({ console, reference, administrator, data, failed }: Ready): string {
  const lines = [
    `  Console   ${console}`,
    `  API       ${console}/api, described at ${reference}`,
    administrator && `  Sign in   ${administrator.address}, one-time password ${administrator.oneTimePassword}`,
    `  Data      ${data}`,
    ...failed.map(({ id, reason }) => `  Failed    ${id}: ${reason}`),
    `  Stop      Ctrl-C`,
  ];
  return ['Task Connect is ready.', '', ...lines.filter(Boolean), ''].join('\n');
}
