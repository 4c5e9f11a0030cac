import { parseArgs } from 'node:util';
import { nearest } from '../config/nearest.ts';
import { type Command, type Given, type Options, UsageError } from './command.ts';

// From the words that were typed to a command and what it is given. Promises: what it does not know is refused by name.

export const commonOptions = {
  json: { type: 'boolean', means: 'Print the result as JSON' },
  help: { type: 'boolean', means: 'Say what the command does and takes' },
} as const satisfies Options;

/** The command that the words begin with: `plugin list` before `plugin`. */
export function findCommand(
  commands: readonly Command[],
  words: readonly string[],
): { command: Command; rest: string[] } | undefined {
  for (const length of [2, 1]) {
    const command = commands.find(({ name }) => name === words.slice(0, length).join(' '));
    if (command) return { command, rest: words.slice(length) };
  }
  return undefined;
}

/** Those of a group such as `plugin`. */
export const commandsOf = (commands: readonly Command[], group: string | undefined) =>
  commands.filter(({ name }) => name.split(' ')[0] === group && name !== group);

export function unknownCommand(commands: readonly Command[], words: readonly string[]): UsageError {
  const typed = words.slice(0, commandsOf(commands, words[0]).length > 0 ? 2 : 1).join(' ');
  const suggestion = nearest(
    typed,
    commands.flatMap(({ name }) => [name, name.split(' ')[0]!]),
  );
  const advice = suggestion ? `Did you mean “${suggestion}”?` : '“task-connect --help” lists them.';
  return new UsageError(`There is no command “${typed}”. ${advice}`);
}

/** Operands and options of a command; `json` and `help` among the options. */
export function parseCommand(command: Command, words: string[]): Given {
  const options = { ...command.options, ...commonOptions };
  const { values, positionals } = parsed(command, words, options);
  const operands = command.usage === '' ? [] : command.usage.split(' ');
  const missing = operands.slice(positionals.length).find((operand) => !operand.startsWith('['));
  if (missing) throw new UsageError(`${missing} is missing. Usage: ${usageOf(command)}`);
  const open = operands.at(-1)?.includes('…');
  if (positionals.length > operands.length && !open) {
    throw new UsageError(`“${positionals[operands.length]}” is one word too many. Usage: ${usageOf(command)}`);
  }
  const flags = Object.entries(options).filter(([, { type }]) => type === 'boolean');
  return {
    operands: positionals,
    options: { ...Object.fromEntries(flags.map(([name]) => [name, false])), ...values } as Given['options'],
  };
}

export const usageOf = ({ name, usage }: Command) => ['task-connect', name, usage].filter(Boolean).join(' ');

function parsed(command: Command, words: string[], options: Options) {
  try {
    const known = Object.fromEntries(
      Object.entries(options).map(([name, { type }]) => [name, name === 'help' ? { type, short: 'h' } : { type }]),
    );
    return parseArgs({ args: words, options: known, allowPositionals: true, strict: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const name = /'(-{1,2}[^'\s<]+)/.exec(message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const suggestion = nearest(
        name,
        Object.keys(options).map((option) => `--${option}`),
      );
      const advice = suggestion ? `Did you mean ${suggestion}?` : `“task-connect ${command.name} --help” lists them.`;
      throw new UsageError(`There is no option ${name} for “${command.name}”. ${advice}`);
    }
    const option = options[/--([\w-]+)/.exec(message)?.[1] ?? ''];
    throw new UsageError(
      option?.type === 'boolean'
        ? `${name} takes no value.`
        : `${name} takes a value: ${name} ${option?.takes ?? 'VALUE'}`,
    );
  }
}
