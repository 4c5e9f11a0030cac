import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../testing/free-port.ts';
import type { TestPlatform } from '../testing/testing.ts';

/** A real process beside a platform of this one: of its installation, and on `folder`, where the secrets of both are. */
export async function startService(needs: {
  beside: TestPlatform;
  folder: string;
  plugins: string;
  env?: Record<string, string>;
}): Promise<{ child: ChildProcess; url: string } & AsyncDisposable> {
  const { settings } = needs.beside.platform;
  const { host, port: databasePort, user, password } = needs.beside.server.admin;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = fork(fileURLToPath(new URL('./service.child.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {
      ...process.env,
      TC_DATA: needs.folder,
      TC_DATABASE_URL: `postgres://${user}:${password}@${host}:${databasePort}/postgres`,
      TC_DATABASE_PREFIX: settings.databasePrefix,
      TC_DATABASE_CONNECTIONS: '10',
      TC_LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
      TC_PLUGIN_FOLDERS: settings.pluginFolders.join(','),
      TC_PLUGINS: needs.plugins,
      TC_PORT: String(port),
      TC_HOST: '127.0.0.1',
      TC_INTERNAL_URL: url,
      ...needs.env,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code, signal) => reject(new Error(`The process ended with ${code ?? signal}.`)));
  });
  return {
    child,
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}
