import { commonOptions, usageOf } from './arguments.ts';
import type { Command, Options } from './command.ts';
import { table } from './table.ts';

/** All commands, a line each. */
export function helpOfAll(commands: readonly Command[]): string {
  return [
    'Task Connect, at the command line.',
    '',
    'Usage: task-connect COMMAND [OPTIONS]',
    '',
    linesOf(commands),
    '',
    'Every command takes --help and --json. Settings are variables TC_…; “task-connect config” lists them.',
    'Exit codes: 0 done, 1 not done, 2 called in a way that is not known.',
  ].join('\n');
}

/** The commands of a group such as `plugin`. */
export const helpOfGroup = (group: string, commands: readonly Command[]) =>
  [`Usage: task-connect ${group} COMMAND [OPTIONS]`, '', linesOf(commands)].join('\n');

export function helpOf(command: Command): string {
  const parts = [`Usage: ${usageOf(command)} [OPTIONS]`, '', command.summary];
  if (command.details) parts.push('', command.details);
  parts.push('', linesOfOptions({ ...command.options, ...commonOptions }));
  return parts.join('\n');
}

const indented = (text: string) => text.replace(/^/gm, '  ');

const linesOf = (commands: readonly Command[]) =>
  indented(body(commands.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary])));

const linesOfOptions = (options: Options) =>
  indented(
    body(Object.entries(options).map(([name, { takes, means }]) => [`--${name}${takes ? ` ${takes}` : ''}`, means])),
  );

/** Two columns without heads. */
const body = (rows: readonly [string, string][]) => table(['', ''], rows).split('\n').slice(1).join('\n');
