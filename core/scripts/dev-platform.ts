import { join } from 'node:path';
import { root } from '../about.ts';
import { allCommands } from '../cli/all-commands.ts';
import { openLogFile } from '../cli/log-file.ts';
import { runPlatform } from '../cli/run-platform.ts';
import { loadSettings } from '../config/load.ts';

// The platform under `npm run dev`: as `npm start` has it, with a console that comes from its sources.

const { settings, sources } = loadSettings({ env: process.env, cwd: root });
const ending = await runPlatform({
  settings,
  sources,
  commands: allCommands,
  openLog: () => openLogFile(settings.data, settings.logLevel),
  waiting: (reason) => void process.stderr.write(`${reason}\n`),
  consoleFolder: join(root, 'node_modules', '.cache', 'task-connect', 'dev-console'),
  ready: ({ administrator, failed }) => {
    const lines = [
      `The platform is ready: ${settings.publicUrl}`,
      administrator && `  Sign in   ${administrator.address}, one-time password ${administrator.oneTimePassword}`,
      ...failed.map(({ id, reason }) => `  Failed    ${id}: ${reason}`),
    ];
    process.stdout.write(`${lines.filter(Boolean).join('\n')}\n`);
  },
}).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
process.exit(ending.byFault ? 1 : 0);
