import type { SecretValue } from '@task-connect/sdk';
import { CommandFailed, platformCommand, secretsCommand, UsageError } from '../command.ts';

const list = secretsCommand({
  name: 'secret list',
  usage: '[FOLDER]',
  summary: 'List the paths of secrets, all or those below a folder such as databases',
  options: {},
  looksOnly: true,
  run: async ({ operands: [folder = ''] }, { secrets }) => ({ items: await secrets.list(folder) }),
  show: ({ items }) => items.join('\n'),
});

const get = secretsCommand({
  name: 'secret get',
  usage: 'PATH [FIELD]',
  summary: 'Print a secret, or one field of it; the audit log keeps that it was read',
  options: { version: { type: 'string', takes: 'NUMBER', means: 'Not the newest version but this one' } },
  looksOnly: true,
  async run({ operands: [path, field], options }, { secrets, record }) {
    const number = options.version === undefined ? undefined : Number(options.version);
    if (Number.isNaN(number)) throw new UsageError(`--version is “${options.version}”; it takes a number.`);
    const found = await secrets.read(path!, number);
    if (!found) throw new CommandFailed(`There is no secret ${path}${number ? ` in version ${number}` : ''}.`);
    if (field !== undefined && !(field in found.value)) {
      throw new CommandFailed(`${path} has no field ${field}; it has ${Object.keys(found.value).join(', ')}.`);
    }
    await record({ action: 'secret.read', subject: path!, after: { version: found.version, field: field ?? null } });
    const value = field === undefined ? found.value : { [field]: found.value[field]! };
    return { path, version: found.version, value };
  },
  show({ value }, { operands: [, field] }) {
    if (field !== undefined) return String(value[field]);
    return Object.entries(value)
      .map(([name, content]) => `${name}=${content}`)
      .join('\n');
  },
});

const set = secretsCommand({
  name: 'secret set',
  usage: 'PATH [FIELD=VALUE…]',
  summary: 'Write a new version of a secret; fields that are not named stay as they are',
  details:
    'Without fields, standard input is read: a JSON object. What is typed stands in the shell’s history; input does not.',
  options: { replace: { type: 'boolean', means: 'Only the given fields stay' } },
  readsInput: ({ operands }) => operands.length === 1,
  async run({ operands: [path, ...pairs], options, input }, { secrets, record }) {
    const fields = input === undefined ? fromPairs(pairs) : fromJson(input);
    const before = await secrets.read(path!);
    const value = options.replace ? fields : { ...before?.value, ...fields };
    const { version } = await secrets.write(path!, value, { cas: before?.version ?? 0 });
    await record({ action: 'secret.written', subject: path!, after: { version, fields: Object.keys(value) } });
    return { path, version };
  },
  show: ({ path, version }) => `${path} is written, version ${version}.`,
});

const signingKeys = 'certificates/signing-keys';

const rotate = platformCommand({
  name: 'secret rotate',
  usage: 'PATH',
  summary: 'Give a database a new password, or sign with the next key; no request fails',
  details: `Takes databases/PLUGIN and ${signingKeys}. Others are of somebody else’s making: write them with “secret set”.`,
  options: {},
  async run({ operands: [path = ''] }, { platform, record }) {
    if (!(await platform.consoleNeeds().rotateSecret(path)))
      throw new CommandFailed(`${path} cannot be rotated from here: only databases/PLUGIN and ${signingKeys} can.`);
    const version = (await platform.secrets.read(path))?.version ?? null;
    await record({ action: 'secret.rotated', subject: path, after: { version } });
    return { path, version };
  },
  show: ({ path, version }) => `${path} is rotated, version ${version}.`,
});

function fromPairs(pairs: readonly string[]): SecretValue {
  return Object.fromEntries(
    pairs.map((pair) => {
      const cut = pair.indexOf('=');
      if (cut < 1) throw new UsageError(`“${pair}” is no field; write FIELD=VALUE.`);
      return [pair.slice(0, cut), pair.slice(cut + 1)];
    }),
  );
}

function fromJson(input: string): SecretValue {
  let value: unknown;
  try {
    value = JSON.parse(input);
  } catch {
    // Told below. The reason would quote the secret.
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as SecretValue;
  throw new UsageError('Standard input is no JSON object; it takes one like {"api-key": "…"}.');
}

export const secretCommands = [list, get, set, rotate];
