import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { nearest } from './nearest.ts';
import { fileVariableOf, type SettingKey, Settings, settingFacts, settingKeys, variableOf } from './settings.ts';
import { shown } from './shown.ts';

// Promises: settings that are all valid, or one SettingsError that names every fault at once. A variable wins over the
// file, the file over the default; an empty variable counts as not given (compose files pass those on).
// Leaves to others: what the settings mean, and making the data folder.

export type SettingSource = 'default' | 'environment' | 'file';
export type SettingSources = Record<SettingKey, SettingSource>;
export type LoadedSettings = { settings: Settings; sources: SettingSources };

type Environment = Record<string, string | undefined>;

/** Variables that are ours and are read before there are settings. */
const otherVariables = ['TC_CONFIG', 'TC_CHROMIUM'];

/** The message has a line for each fault, made to be printed as it is. */
export class SettingsError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

/** Settings from TC_… variables and, when TC_CONFIG names one, a JSON file with the keys of Settings. */
export function loadSettings(needs: {
  env: Environment;
  cwd: string;
  readFile?: (path: string) => string;
}): LoadedSettings {
  const faults: string[] = [];
  const readText = needs.readFile ?? ((name: string) => readFileSync(name, 'utf8'));
  const environment = fromEnvironment(needs.env, faults);
  const ofFiles = fromSecretFiles(needs, readText, faults);
  for (const [key, value] of ofFiles) environment.set(key, value);
  const path = needs.env.TC_CONFIG ? resolve(needs.cwd, needs.env.TC_CONFIG) : undefined;
  const file = path ? fromFile(path, readText, faults) : new Map();

  const parsed = Settings.safeParse(Object.fromEntries([...file, ...environment]));
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0] as SettingKey));
    for (const key of settingKeys.filter((candidate) => wrong.has(candidate))) {
      const { takes, secret } = settingFacts(key);
      const inFile = environment.has(key) ? '' : ` (${key} in ${basename(path ?? '')})`;
      const got = shown(environment.get(key) ?? file.get(key), secret);
      const variable = ofFiles.has(key) ? `What ${fileVariableOf(key)} names` : variableOf(key);
      faults.push(`${variable}${inFile} is ${got}; it takes ${takes}.`);
    }
  }
  if (faults.length > 0 || !parsed.success) throw new SettingsError(faults);

  const source = (key: SettingKey): SettingSource =>
    environment.has(key) ? 'environment' : file.has(key) ? 'file' : 'default';
  return {
    settings: complete(parsed.data, needs.cwd),
    sources: Object.fromEntries(settingKeys.map((key) => [key, source(key)])) as SettingSources,
  };
}

function complete(settings: ReturnType<typeof Settings.parse>, cwd: string): Settings {
  const publicUrl = settings.publicUrl
    ? new URL(settings.publicUrl).href.replace(/\/+$/, '')
    : `http://localhost:${settings.port}`;
  return {
    ...settings,
    data: resolve(cwd, settings.data),
    pluginFolders: settings.pluginFolders.map((folder) => resolve(cwd, folder)),
    publicUrl,
    oidcAudience: settings.oidcAudience ?? `${publicUrl}/api`,
  };
}

function fromEnvironment(env: Environment, faults: string[]): Map<SettingKey, string> {
  const keyOf = new Map(settingKeys.map((key) => [variableOf(key), key]));
  const ofFiles = settingKeys.flatMap((key) => fileVariableOf(key) ?? []);
  const known = [...keyOf.keys(), ...ofFiles, ...otherVariables];
  const found = new Map<SettingKey, string>();
  for (const [name, value] of Object.entries(env)) {
    const key = keyOf.get(name);
    if (key !== undefined && value) found.set(key, value);
    if (name.startsWith('TC_') && !known.includes(name)) faults.push(unknown(name, known));
  }
  return found;
}

/** TC_X_FILE names a file that holds the value, as Docker and Kubernetes hand secrets over; its last line end is not part. */
function fromSecretFiles(
  { env, cwd }: { env: Environment; cwd: string },
  readText: (path: string) => string,
  faults: string[],
): Map<SettingKey, string> {
  const found = new Map<SettingKey, string>();
  for (const key of settingKeys) {
    const name = fileVariableOf(key);
    const path = name && env[name];
    if (!path) continue;
    if (env[variableOf(key)]) {
      faults.push(`${variableOf(key)} and ${name} are both given; remove one of them.`);
      continue;
    }
    try {
      const text = readText(resolve(cwd, path)).replace(/\r?\n$/, '');
      if (text === '')
        faults.push(`${name} is ${shown(path, false)}, which is empty; it takes the path of a file with the value.`);
      else found.set(key, text);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      faults.push(
        `${name} is ${shown(path, false)}, which cannot be read${code ? ` (${code})` : ''}; it takes the path of a file with the value.`,
      );
    }
  }
  return found;
}

function fromFile(path: string, readFile: (path: string) => string, faults: string[]): Map<SettingKey, unknown> {
  const found = new Map<SettingKey, unknown>();
  let content: unknown;
  try {
    content = JSON.parse(readFile(path));
  } catch (error) {
    // The message of JSON.parse quotes the file, which may hold secrets: only the place is taken from it.
    const place = /\(line \d+ column \d+\)/.exec(String(error))?.[0];
    const reason = error instanceof SyntaxError ? `is not JSON${place ? ` ${place}` : ''}` : 'cannot be read';
    faults.push(`TC_CONFIG is ${shown(path, false)}, which ${reason}; it takes the path of a JSON file.`);
    return found;
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    faults.push(`TC_CONFIG is ${shown(path, false)}, which holds no JSON object; it takes one like {"port": 8080}.`);
    return found;
  }
  for (const [key, value] of Object.entries(content)) {
    if (settingKeys.includes(key as SettingKey)) found.set(key as SettingKey, value);
    else faults.push(`${unknown(key, settingKeys)} It stands in ${shown(path, false)}.`);
  }
  return found;
}

function unknown(name: string, known: readonly string[]): string {
  const suggestion = nearest(name, known);
  const advice = suggestion ? `Did you mean ${suggestion}?` : 'Remove it; “task-connect config” lists what there is.';
  return `${shown(name, false)} is not a setting. ${advice}`;
}
