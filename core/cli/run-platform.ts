import { createServer } from 'node:net';
import type { SettingSources } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import { type Command, CommandFailed } from './command.ts';
import { serveControl } from './control.ts';
import { holdDataFolder } from './data-lock.ts';
import { type Ending, listenForEnding, notLongerThan } from './ending.ts';
import type { OpenLog } from './log-file.ts';
import { perform } from './run-command.ts';

// The life of the platform's process: take the folder, make the platform, serve, say so, wait to be asked to end, and
// leave nothing behind.

export type Ready = {
  console: string;
  api: string;
  reference: string;
  /** Only until the one-time password was used. */
  administrator: { address: string; oneTimePassword: string } | null;
  data: string;
  /** Plugins that are wanted and could not be switched on. */
  failed: { id: string; reason: string | null }[];
};

export async function runPlatform(needs: {
  settings: Settings;
  /** Where they come from. */
  sources?: SettingSources;
  commands: readonly Command[];
  openLog(): OpenLog;
  /** Hears what the start waits for. */
  waiting(reason: string): void;
  /** Where the built console is, if not in its place. */
  consoleFolder?: string;
  ready(what: Ready): void;
}): Promise<Ending> {
  const { settings } = needs;
  return holdDataFolder(settings.data, 'start', async (tell) => {
    await mustBeFree(settings);
    const { log, lines } = needs.openLog();
    using endings = listenForEnding((error) => log.error({ err: error }, 'An error that nothing caught'));
    const { makePlatform } = await import('../platform.ts');
    const waiting = new AbortController();
    void endings.asked.then(() => {
      notLongerThan(60);
      waiting.abort();
    });
    const made = await makePlatform({
      settings,
      ...(needs.consoleFolder === undefined ? {} : { consoleFolder: needs.consoleFolder }),
      sources: needs.sources,
      clock: { now: () => Temporal.Now.instant() },
      random: Math.random,
      log,
      accessLines: lines,
      signal: waiting.signal,
      waiting: needs.waiting,
    }).catch((error) => (waiting.signal.aborted && error.name === 'AbortError' ? undefined : Promise.reject(error)));
    // It was asked to end before there was anything to end.
    if (made === undefined) {
      const { reason } = await endings.asked;
      log.info({ reason }, 'Task Connect ends before it was ready');
      return endings.asked;
    }
    const platform = made;
    await using stack = new AsyncDisposableStack();
    stack.use(platform);
    stack.defer(() => void notLongerThan(endings.now()?.byFault ? 10 : 60));
    if (!endings.now()) {
      const [administrator] = await Promise.all([
        platform.identity.ensureFirstAdministrator(),
        platform.serve().catch((error) => Promise.reject(portFault(error, settings) ?? error)),
      ]);
      const control = stack.use(
        await serveControl(settings.data, (request) => perform(needs.commands, platform, true, request)),
      );
      await tell({ address: settings.publicUrl, socket: control.socket });
      log.info({ address: settings.publicUrl, pid: process.pid }, 'Task Connect is ready');
      needs.ready({
        console: settings.publicUrl,
        api: `${settings.publicUrl}/api`,
        reference: `${settings.publicUrl}/api/docs`,
        administrator,
        data: settings.data,
        failed: platform.kernel
          .plugins()
          .filter(({ state }) => state === 'failed')
          .map(({ id, reason }) => ({ id, reason })),
      });
    }
    const ending = await endings.asked;
    log.info({ reason: ending.reason }, 'Task Connect ends');
    return ending;
  });
}

/** Tries the port before a database is started for nothing. */
async function mustBeFree(settings: Settings): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(settings.port, settings.host, resolve);
    });
  } catch (error) {
    throw portFault(error, settings) ?? error;
  }
  await new Promise((resolve) => server.close(resolve));
}

function portFault(error: unknown, { port, host }: Settings): CommandFailed | undefined {
  const { code } = error as NodeJS.ErrnoException;
  const sentence = {
    EADDRINUSE: `Port ${port} is in use by another program. End that one, or choose another port with TC_PORT.`,
    EACCES: `Port ${port} may not be opened by this user. Choose one above 1023 with TC_PORT.`,
    EADDRNOTAVAIL: `${host} is no address of this machine. Correct TC_HOST.`,
    ENOTFOUND: `${host} is no name of this machine. Correct TC_HOST.`,
  }[code ?? ''];
  return sentence === undefined ? undefined : new CommandFailed(sentence, { cause: error });
}
