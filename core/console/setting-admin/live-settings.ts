import { type Clock, declareProblem, type Log } from '@task-connect/sdk';
import { type ChangeableKey, changeableKeys } from '../../config/groups.ts';
import type { SettingSources } from '../../config/load.ts';
import { type Settings, variableOf } from '../../config/settings.ts';
import type { Database } from '../../database/database.ts';
import { Changeable, type SettingChanges } from './changeable.ts';
import { allSettings, removeSetting, saveSetting } from './setting-table.ts';

// The settings of this process as they are now. It promises that what was changed in the console holds in every process
// within a second, that a variable of the environment wins over it, and that with the database away the last ones hold.

export type LiveSource = 'environment' | 'console' | 'file' | 'default';
export type Change = { value: unknown; changedAt: string; changedBy: string };

export type LiveSettings = {
  /** Those of the start, with what was changed since; read it each time, and do not keep what it said. */
  readonly now: Settings;
  source(key: keyof Settings): LiveSource;
  /** What was changed in the console, whether it holds or a variable wins. */
  changes(): ReadonlyMap<string, Change>;
  /** Gives the changeable settings before. */
  save(changes: SettingChanges, by: string): Promise<Pick<Settings, ChangeableKey>>;
  /** Called after each change with what holds now. */
  onChange(heard: (settings: Settings) => void): void;
  [Symbol.asyncDispose](): Promise<void>;
};

export const SetByVariable = declareProblem<{ variables: string[] }>({
  type: 'settings/set-by-variable',
  status: 409,
  title: 'A variable decides',
  detail: ({ variables }) =>
    `${variables.join(', ')} in the environment wins over what is set here. Take it out there and restart; then it can be changed here.`,
});

const channel = 'tc_setting';

export async function makeLiveSettings(needs: {
  database: Database;
  /** As the process began with them. */
  settings: Settings;
  sources: Partial<SettingSources> | undefined;
  clock: Clock;
  log: Log;
}): Promise<LiveSettings> {
  const { database, sources = {}, clock, log } = needs;
  const listeners = new Set<(settings: Settings) => void>();
  let changed: ReadonlyMap<string, Change> = new Map();
  let now = needs.settings;
  let readings = 0;
  let newest = 0;

  const fixed = (key: string) => sources[key as ChangeableKey] === 'environment';
  const holds = (key: string) => changed.has(key) && !fixed(key);

  async function read(): Promise<void> {
    readings += 1;
    const mine = readings;
    const rows = await database.query(allSettings, []);
    // One that began earlier may end later, and would bring back what was changed meanwhile.
    if (mine < newest) return;
    newest = mine;
    const fitting = rows.filter(({ key, value }) => fits(key, value, log));
    changed = new Map(fitting.map(({ key, ...change }) => [key, change]));
    const before = JSON.stringify(now);
    const values = [...changed].filter(([key]) => holds(key)).map(([key, { value }]) => [key, value ?? undefined]);
    now = { ...needs.settings, ...Object.fromEntries(values) };
    if (JSON.stringify(now) !== before) for (const heard of listeners) heard(now);
  }

  const quietly = () => void read().catch((error) => log.debug({ err: error }, 'Settings cannot be read now'));
  await read();
  const listening = await database.listen(channel, quietly, { regained: quietly });

  return {
    get now() {
      return now;
    },
    source: (key) => (fixed(key) ? 'environment' : holds(key) ? 'console' : (sources[key] ?? 'default')),
    changes: () => changed,
    async save(changes, by) {
      const given = changeableKeys.filter((key) => changes[key] !== undefined);
      const variables = given.filter(fixed).map(variableOf);
      if (variables.length > 0) throw new SetByVariable({ variables });
      const before = changeableOf(now);
      const at = clock.now().toString();
      await database.transaction(async (tx) => {
        for (const key of given) {
          const value = changes[key];
          if (value === null) await tx.query(removeSetting, [key]);
          else await tx.query(saveSetting, [key, JSON.stringify(value === '' ? null : value), at, by]);
        }
      });
      await read();
      await database.notify(channel, '');
      return before;
    },
    onChange: (heard) => void listeners.add(heard),
    async [Symbol.asyncDispose]() {
      await listening[Symbol.asyncDispose]();
    },
  };
}

export const changeableOf = (settings: Settings) =>
  Object.fromEntries(changeableKeys.map((key) => [key, settings[key]])) as Pick<Settings, ChangeableKey>;

/** A row of a later version, or one that this version takes no more, is passed over. */
function fits(key: string, value: unknown, log: Log): boolean {
  const shape = Object.hasOwn(Changeable.shape, key) ? Changeable.shape[key as ChangeableKey] : undefined;
  if (shape?.safeParse(value).success) return true;
  log.warn({ key }, 'A saved setting does not fit this version; what file or default say holds');
  return false;
}
