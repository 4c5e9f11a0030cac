import type { Command } from './command.ts';
import { config } from './commands/config.ts';
import { seedDemo } from './commands/demo-seed.ts';
import { deadLetterCommands } from './commands/events.ts';
import { gateway } from './commands/gateway.ts';
import { health } from './commands/health.ts';
import { jobCommands } from './commands/job.ts';
import { migrate } from './commands/migrate.ts';
import { pluginCommands } from './commands/plugin.ts';
import { createPlugin } from './commands/plugin-create.ts';
import { projectionCommands } from './commands/projection.ts';
import { secretCommands } from './commands/secret.ts';
import { start } from './commands/start.ts';
import { createToken } from './commands/token.ts';
import { createUser } from './commands/user.ts';

/** In the order of --help: what one needs first comes first. */
export const allCommands: readonly Command[] = [
  start,
  health,
  config,
  ...pluginCommands,
  createPlugin,
  createUser,
  createToken,
  seedDemo,
  migrate,
  ...secretCommands,
  ...deadLetterCommands,
  ...jobCommands,
  ...projectionCommands,
  gateway,
];
