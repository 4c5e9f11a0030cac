import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { loadSettings } from '../config/load.ts';
import { allCommands } from './all-commands.ts';
import { commandsOf, findCommand, parseCommand, unknownCommand } from './arguments.ts';
import type { Command, Given, Shell } from './command.ts';
import { faultOf } from './faults.ts';
import { helpOf, helpOfAll, helpOfGroup } from './help.ts';
import { root } from './root.ts';

// `task-connect …`: finds the command, runs it where it belongs, prints what came of it. Bootstrap.mjs runs this file
// on the Node that the repository carries. Only what a command needs is loaded: a platform is 300 files.

const shell: Omit<Shell, 'json'> = {
  cwd: process.cwd(),
  settings: () => loadSettings({ env: process.env, cwd: settingsFolder(process.cwd(), process.env) }),
  say: (line) => void process.stdout.write(`${line}\n`),
  tell: (line) => void process.stderr.write(`${line}\n`),
  readInput: () => text(process.stdin),
  commands: allCommands,
};

// Whoever reads our output may go away before we end.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
process.exit(await main(process.argv.slice(2)));

async function main(words: string[]): Promise<number> {
  try {
    const [first] = words;
    if (first === undefined) {
      shell.tell(helpOfAll(allCommands));
      return 2;
    }
    if (['help', '--help', '-h'].includes(first)) {
      shell.say(helpOfAll(allCommands));
      return 0;
    }
    if (first === '--version') {
      shell.say(JSON.parse(readFileSync(join(root, 'core', 'package.json'), 'utf8')).version);
      return 0;
    }
    const found = findCommand(allCommands, words);
    if (found) return await runCommand(found.command, found.rest);
    const group = commandsOf(allCommands, first);
    if (group.length === 0 || (words[1] !== undefined && !words[1].startsWith('-'))) {
      throw unknownCommand(allCommands, words);
    }
    shell.say(helpOfGroup(first, group));
    return words.length > 1 ? 0 : 2;
  } catch (error) {
    return tellFault(error);
  }
}

async function runCommand(command: Command, words: string[]): Promise<number> {
  // Before parsing, so that help is given also to whom an operand is missing.
  if (words.some((word) => word === '--help' || word === '-h')) {
    shell.say(helpOf(command));
    return 0;
  }
  const given = parseCommand(command, words);
  const json = given.options.json === true;
  if (command.where === 'here') return print(command, given, json, await command.run(given, { ...shell, json }));
  const { runAtPlatform } = await import('./run-command.ts');
  const answer = await runAtPlatform(command, given, { ...shell, json });
  if (answer.ok) return print(command, given, json, answer.result);
  shell.tell(answer.message);
  return answer.exitCode;
}

function print(command: Command, given: Given, json: boolean, result: unknown): number {
  if (result === undefined || result === null) return 0;
  const fault = command.fault?.(result);
  const shown = json ? JSON.stringify(result) : command.show(result, given);
  if (shown !== '') shell.say(shown);
  if (fault === undefined) return 0;
  shell.tell(fault);
  return 1;
}

function tellFault(error: unknown): number {
  const { message, exitCode } = faultOf(error);
  shell.tell(message);
  if (['debug', 'trace'].includes(process.env.TC_LOG_LEVEL ?? '')) shell.tell(inspect(error));
  return exitCode;
}

/** In the checkout, ./data is the one at its top, as for `npm start`; a path that was typed is meant from where one stands. */
function settingsFolder(here: string, env: NodeJS.ProcessEnv): string {
  return !env.TC_DATA && !env.TC_CONFIG && `${here}${sep}`.startsWith(`${root}${sep}`) ? root : here;
}
