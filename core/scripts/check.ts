import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../about.ts';

// `npm run check`: what can be said without running the product. Each step is named, all run, the first fault decides.

const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const node = ['--disable-warning=ExperimentalWarning'];
const steps: [name: string, command: string, args: string[]][] = [
  ['types', bin('tsc'), ['-p', '.']],
  [
    'lint and format',
    bin('biome'),
    ['ci', '--error-on-warnings', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.'],
  ],
  ['import borders', process.execPath, [...node, '--test', '--test-reporter=dot', 'core/boundaries.test.ts']],
  ['reports are fresh', process.execPath, [...node, 'core/scripts/reports.ts', '--check']],
];

let failed = 0;
for (const [name, command, args] of steps) {
  const started = performance.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? '✔' : '✖'} ${name} (${seconds} s)\n`);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
