import { spawn } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { embeddedServer } from '../database/embedded-server.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { temporaryFolder, testServerVariable, unsafe } from '../testing/server.ts';

// `npm test`: one PostgreSQL for the whole run, a database prefix for each platform that a test makes, then node's own
// runner, whose summary is the last thing printed. With arguments, only files whose path contains one of them.

const wanted = process.argv.slice(2);
const files = globSync(
  ['core/**/*.test.ts', 'plugins/**/*.test.ts', 'admin-ui/**/*.test.ts', 'admin-ui/**/*.test.tsx'],
  {
    exclude: (path) => path.includes('node_modules') || path.includes('/dist'),
  },
)
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort();

const folder = temporaryFolder();
const server = await embeddedServer({
  dataFolder: folder,
  secrets: memorySecrets(),
  connections: 150,
  parameters: unsafe,
});
const { host, port, user, password } = server.admin;
const child = spawn(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', '--test', '--test-concurrency=2', '--test-timeout=240000', ...files],
  {
    stdio: 'inherit',
    env: { ...process.env, [testServerVariable]: `postgres://${user}:${password}@${host}:${port}/postgres` },
  },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
const code = await new Promise<number>((resolve) => child.on('exit', (status) => resolve(status ?? 1)));
await server.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(code);
