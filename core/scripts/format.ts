import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../about.ts';

const { status } = spawnSync(join(root, 'node_modules', '.bin', 'biome'), ['check', '--write', '.'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
