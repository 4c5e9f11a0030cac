import { writeFileSync } from 'node:fs';
import { nodeEnvironment, nodeFlags } from '../../core/node-flags.mjs';

// Writes the command `task-connect` of the image: Node with the flags that everything was measured with. `exec`, so that
// it is Node that is process 1 and gets the signals.

const assignments = Object.entries(nodeEnvironment).map(([name, value]) => `export ${name}="\${${name}:-${value}}"\n`);
writeFileSync(
  process.argv[2],
  `#!/bin/sh\n${assignments.join('')}exec node ${nodeFlags.join(' ')} /app/core/cli/cli.ts "$@"\n`,
  { mode: 0o755 },
);
