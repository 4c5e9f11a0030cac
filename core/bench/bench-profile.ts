import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeEnvironment, nodeFlags } from '../node-flags.mjs';
import { temporaryFolder } from '../testing/server.ts';
import { type Burst, burst } from './load.ts';
import { whereTimeGoes } from './profile.ts';

// `npm run bench -- --profile`: where the platform's processor time goes, for each kind of request a process of its own.

const kinds = [
  ['list of 20 tasks', () => ({ url: '/api/tasks?limit=20' })],
  ['get one task', (about: Record<string, string>) => ({ url: `/api/tasks/${about.taskId}` })],
  ['create', () => ({ url: '/api/tasks', method: 'POST' as const, body: '{"title":"Buy webbing"}' })],
] as const;

const table = new Map<string, string[]>();
const perRequest: Burst[] = [];
for (const [column, [, request]] of kinds.entries()) {
  const folder = temporaryFolder();
  const child = fork(fileURLToPath(new URL('./served-platform.ts', import.meta.url)), {
    execArgv: [...nodeFlags, '--cpu-prof', `--cpu-prof-dir=${folder}`],
    env: {
      ...nodeEnvironment,
      ...process.env,
      TC_DATA: folder,
      BENCH_PLUGINS: 'tasks,notifications',
      TC_RATE_LIMIT: '1000000',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const about = await new Promise<Record<string, string>>((resolve) =>
    child.once('message', (message) => resolve(message as Record<string, string>)),
  );
  const { url, ...rest } = request(about);
  perRequest.push(
    await burst({ pid: child.pid!, url: `http://127.0.0.1:${about.port}${url}`, token: about.token!, ...rest }, 8),
  );
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.disconnect();
  await gone;
  for (const { part, share } of whereTimeGoes(folder)) {
    const row = table.get(part) ?? kinds.map(() => '');
    row[column] = `${Math.round(share * 100)} %`;
    table.set(part, row);
  }
  rmSync(folder, { recursive: true, force: true });
}
const line = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
line(['part of the busy time', ...kinds.map(([name]) => name)]);
line(['---', ...kinds.map(() => '---')]);
for (const [part, cells] of table) line([part, ...cells]);
line(['CPU µs a request, while profiled', ...perRequest.map((each) => String(Math.round(each.microseconds)))]);
process.exit(0);
