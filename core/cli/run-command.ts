import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Settings } from '../config/settings.ts';
import type { Platform } from '../platform.ts';
import { type AtSecrets, type Command, CommandFailed, type Given, type Shell } from './command.ts';
import { type Answer, askRunning, type Request } from './control.ts';
import { openOwnFolder, tryToHold, untilOurTurn } from './data-lock.ts';
import { listenForEnding, notLongerThan } from './ending.ts';
import { faultOf } from './faults.ts';
import { logFile, openLogFile } from './log-file.ts';
import { operator } from './operator.ts';

type PlatformCommand = Extract<Command, { where: 'platform' }>;
type SecretsCommand = Extract<Command, { where: 'secrets' }>;

// Runs a command that acts on a platform: within the one that serves this data folder, else within one that is made for
// it, does not serve, and is ended afterwards. Both are the same code, given the same arguments.

/** What the command has done, or a fault to tell. Throws what a person can mend here. */
export async function runAtPlatform(
  command: PlatformCommand | SecretsCommand,
  given: Given,
  shell: Shell,
): Promise<Answer> {
  const { settings } = shell.settings();
  if (command.notice) shell.tell(command.notice);
  const args = command.readsInput?.(given) ? { ...given, input: await shell.readInput() } : given;
  const request: Request = { command: command.name, args, by: userName() };
  // Whoever holds the folder now ends in a moment, or opens its socket.
  return untilOurTurn(settings.data, async () => {
    const answer = await askRunning(settings.data, request);
    if (answer) return answer;
    if (!existsSync(settings.data)) {
      if (command.looksOnly)
        throw new CommandFailed(`There is no ${settings.data} yet. “npm start” makes it, or set TC_DATA.`);
      shell.tell(`A new data folder is made: ${settings.data}`);
    }
    if (command.where === 'secrets') return performAtSecrets(command, request, shell);
    const alone = await tryToHold(settings.data, command.name, () => performAlone(command, request, settings));
    return alone?.result;
  });
}

/** In a container a user may have a number and no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.()}`;
  }
}

/** Performs a request within a platform; what goes wrong becomes the answer. */
export async function perform(
  commands: readonly Command[],
  platform: Platform,
  serving: boolean,
  request: Request,
): Promise<Answer> {
  const command = commands.find(({ name }) => name === request.command);
  try {
    if (command === undefined || command.where === 'here') {
      throw new CommandFailed(
        `The platform that runs knows no command “${request.command}”: it is of another version.`,
      );
    }
    const by = operator(request.by);
    const record = (entry: Parameters<Platform['audit']['add']>[1]) => platform.audit.add({ actor: by }, entry);
    if (command.where === 'secrets') {
      return { ok: true, result: await command.run(request.args, { secrets: platform.secrets, record }) };
    }
    return { ok: true, result: await command.run(request.args, { platform, serving, by, record }) };
  } catch (error) {
    const { message, exitCode, expected } = faultOf(error);
    if (!expected) platform.log.error({ command: request.command, err: error }, 'A command failed');
    return { ok: false, message, exitCode };
  }
}

/**
 * On the store alone: a platform may need what is written before it can start. The store has a lock of its own, so the
 * folder is not held: one may be waiting in its start for this very secret.
 */
async function performAtSecrets(command: SecretsCommand, request: Request, shell: Shell): Promise<Answer> {
  const { settings } = shell.settings();
  await openOwnFolder(settings.data);
  const { log } = openLogFile(settings.data, settings.logLevel);
  const { openSecrets } = await import('../secrets/open-secrets.ts');
  try {
    using secrets = await openSecrets({
      settings,
      clock: { now: () => Temporal.Now.instant() },
      log,
      waits: false,
    });
    const record: AtSecrets['record'] = async (entry) => {
      log.warn({ ...entry, by: request.by }, 'Done without a platform: not in its audit log');
      shell.tell(`No platform runs, so its audit log has no row of this; ${logFile(settings.data)} has a line.`);
    };
    return { ok: true, result: await command.run(request.args, { secrets, record }) };
  } catch (error) {
    const { message, exitCode } = faultOf(error);
    return { ok: false, message, exitCode };
  }
}

async function performAlone(command: PlatformCommand, request: Request, settings: Settings): Promise<Answer> {
  const { log } = openLogFile(settings.data, settings.logLevel);
  using endings = listenForEnding((error) => log.error({ err: error }, 'An error that nothing caught'));
  const { makePlatform } = await import('../platform.ts');
  const platform = await makePlatform({
    // Events and jobs are left to the platform that will serve, unless the command is about them.
    settings: { ...settings, role: command.needs === 'work' ? 'all' : 'web' },
    clock: { now: () => Temporal.Now.instant() },
    random: Math.random,
    log,
  });
  try {
    const work = async () => {
      if (command.needs) await platform.kernel.start();
      return perform([command], platform, false, request);
    };
    const interrupted = endings.asked.then(
      ({ reason, exitCode }): Answer => ({
        ok: false,
        message: `Interrupted (${reason}). What was asked may be done in part.`,
        exitCode,
      }),
    );
    return await Promise.race([endings.now() ? interrupted : work(), interrupted]);
  } finally {
    using _ = notLongerThan(30);
    await platform[Symbol.asyncDispose]();
  }
}
