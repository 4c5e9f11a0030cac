import type { Actor } from '@task-connect/sdk';
import type { LoadedSettings } from '../config/load.ts';
import type { AuditEntry } from '../console/audit/audit-table.ts';
import type { Platform } from '../platform.ts';
import type { SecretStore } from '../secrets/secrets.ts';

// What a command of `task-connect` is. Some run here, in the process that was called; those that act on a platform run
// where it is: within the running one, through its socket, or within one that is made for this command alone.

export type Option = {
  type: 'string' | 'boolean';
  /** What it takes, in capitals, as in `--name NAME`. */
  takes?: string;
  means: string;
};
export type Options = Readonly<Record<string, Option>>;

type Value<O extends Option> = O extends { type: 'boolean' }
  ? boolean
  : O extends { type: 'string' }
    ? string | undefined
    : string | boolean | undefined;

export type Given<O extends Options = Options> = {
  operands: readonly string[];
  options: { readonly [Name in keyof O]: Value<O[Name]> };
  /** Standard input, when the command asked for it. */
  input?: string;
};

/** What the process that was called lends. */
export type Shell = {
  cwd: string;
  /** The effective settings; throws when one is wrong. */
  settings(): LoadedSettings;
  json: boolean;
  /** Writes a line to standard output. */
  say(text: string): void;
  /** Writes a line to standard error. */
  tell(text: string): void;
  readInput(): Promise<string>;
  /** All commands there are: a platform that serves takes them. */
  commands: readonly Command[];
};

/** Where a command acts on a platform. */
export type AtPlatform = {
  platform: Platform;
  /** Whether it serves; otherwise it was made for this command and ends with it. */
  serving: boolean;
  /** The operator. */
  by: Actor;
  /** Writes a row of the audit log in the operator’s name. */
  record(entry: AuditEntry): Promise<void>;
};

/** Where a command acts on the store of secrets alone, which is there before a platform can be. */
export type AtSecrets = Pick<AtPlatform, 'record'> & { secrets: SecretStore };

type Described<O extends Options, Result> = {
  name: string;
  /** Its operands, each in capitals: `NAME`, `[PLUGIN]`, `[FIELD=VALUE…]`. */
  usage: string;
  summary: string;
  /** More sentences for --help. */
  details?: string;
  options: O;
  /** What a person reads of the result; --json prints the result itself. Without a result nothing is printed. */
  show(result: Result & {}, given: Given<O>): string;
  /** Why the result is not what was asked for: told on standard error, with exit code 1. */
  fault?(result: Result & {}): string | undefined;
};

type Here<O extends Options, Result> = { run(given: Given<O>, shell: Shell): Promise<Result> };
type There<O extends Options, Result> = {
  /** What must be on where no platform runs yet: `plugins` those that are wanted, `work` their events and jobs as well. */
  needs?: 'plugins' | 'work';
  /** It only looks: where there is no data folder yet, there is nothing to see. */
  looksOnly?: true;
  /** Told at once where it takes long enough to wonder. */
  notice?: string;
  readsInput?(given: Given<O>): boolean;
  run(given: Given<O>, at: AtPlatform): Promise<Result>;
};

type AtStore<O extends Options, Result> = Omit<There<O, Result>, 'needs' | 'run'> & {
  run(given: Given<O>, at: AtSecrets): Promise<Result>;
};

export type Command = Described<Options, unknown> &
  (
    | ({ where: 'here' } & Here<Options, unknown>)
    | ({ where: 'platform' } & There<Options, unknown>)
    | ({ where: 'secrets' } & AtStore<Options, unknown>)
  );

/** A command that runs in the process that was called. */
export const hereCommand = <const O extends Options, Result>(command: Described<O, Result> & Here<O, Result>) =>
  ({ where: 'here', ...command }) as unknown as Command;

/** A command that runs where the platform is. */
export const platformCommand = <const O extends Options, Result>(command: Described<O, Result> & There<O, Result>) =>
  ({ where: 'platform', ...command }) as unknown as Command;

/** A command that runs where the platform is, and where none runs on the store of secrets alone. */
export const secretsCommand = <const O extends Options, Result>(command: Described<O, Result> & AtStore<O, Result>) =>
  ({ where: 'secrets', ...command }) as unknown as Command;

/** A refusal that the caller can mend; its message is the one line that is printed. */
export class CommandFailed extends Error {
  override name = 'CommandFailed';
}

/** The command was called in a way that it does not know. */
export class UsageError extends Error {
  override name = 'UsageError';
}
