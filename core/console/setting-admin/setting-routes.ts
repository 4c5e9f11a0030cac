import { type Route, z } from '@task-connect/sdk';
import { shownSetting } from '../../config/describe.ts';
import { changeableKeys, effectsAtOnce, settingGroups } from '../../config/groups.ts';
import { fileVariableOf, type SettingKey, settingFacts, variableOf } from '../../config/settings.ts';
import type { LiveHints } from '../../events/live-hints.ts';
import type { AuditLog } from '../audit/audit-table.ts';
import { platform } from '../contract.ts';
import { Changeable, SettingChanges } from './changeable.ts';
import { changeableOf, type LiveSettings } from './live-settings.ts';

const Setting = z.object({
  key: z.string(),
  variable: z.string(),
  fileVariable: z.string().nullable().describe('The variable that names a file with the value'),
  description: z.string(),
  takes: z.string(),
  value: z.string().nullable().describe('Null when it has none; a secret that is there is shown as ********'),
  default: z.string().nullable(),
  secret: z.boolean(),
  source: z.enum(['environment', 'console', 'file', 'default']),
  changeable: z.boolean().describe('It can be changed here; a variable of the environment wins over that'),
  effect: z.string().describe('What follows from a change'),
  changedAt: z.string().nullable(),
  changedBy: z.string().nullable(),
});

const AllSettings = z.object({
  groups: z.array(z.object({ id: z.string(), title: z.string(), settings: z.array(Setting) })),
  schema: z.record(z.string(), z.unknown()).describe('A JSON schema of those that can be changed now'),
  values: z.record(z.string(), z.unknown()),
});

export function settingRoutes(given: () => { settings: LiveSettings; audit: AuditLog; live: LiveHints }): Route[] {
  function all() {
    const { settings } = given();
    const groups = settingGroups.map(({ id, title, keys }) => ({
      id,
      title,
      settings: keys.map((key) => settingOf(settings, key)),
    }));
    const free = changeableKeys.filter((key) => settings.source(key) !== 'environment');
    const schema = z.toJSONSchema(described(free), { io: 'output' });
    const now = changeableOf(settings.now);
    return { groups, schema, values: Object.fromEntries(free.map((key) => [key, now[key] ?? null])) };
  }

  return [
    platform.route({
      method: 'GET',
      path: '/platform/settings',
      summary: 'All settings of this process: value, where it comes from, what a change does',
      permission: 'platform:manage',
      returns: AllSettings,
      handle: async () => all(),
    }),
    platform.route({
      method: 'PATCH',
      path: '/platform/settings',
      summary: 'Change settings while the platform runs, in all its processes',
      description: 'What is not given stays. Null takes back what was changed here: then file or default hold.',
      permission: 'platform:manage',
      body: z.strictObject({ values: SettingChanges }),
      returns: AllSettings,
      async handle({ body: { values }, actor, address, requestId }) {
        const { settings, audit, live } = given();
        const keys = changeableKeys.filter((key) => values[key] !== undefined);
        if (keys.length === 0) return all();
        const before = await settings.save(values, actor.name);
        const after = changeableOf(settings.now);
        const only = (from: object) =>
          Object.fromEntries(keys.map((key) => [key, (from as Record<string, unknown>)[key] ?? null]));
        await audit.add(
          { actor, address, requestId },
          { action: 'settings.changed', subject: keys.join(', '), before: only(before), after: only(after) },
        );
        // Other open tabs read them again; that they did not hear of it is no reason to fail.
        await live.show([changed]).catch(() => undefined);
        return all();
      },
    }),
  ];
}

const changed = { organisation: null, person: null, plugin: 'platform', type: 'settings-changed', data: {} };

/** Forms show the sentence of each setting; it is written once, in settings.ts. */
const described = (keys: typeof changeableKeys) =>
  z.object(
    Object.fromEntries(
      keys.map((key) => {
        const shape = Changeable.shape[key];
        return [
          key,
          shape.meta({ ...shape.meta(), description: `${settingFacts(key).description} ${effectsAtOnce[key]}` }),
        ];
      }),
    ),
  );

function settingOf(settings: LiveSettings, key: SettingKey): z.infer<typeof Setting> {
  const { takes, secret, description, default: standard } = settingFacts(key);
  const change = settings.changes().get(key);
  const changeable = (changeableKeys as readonly string[]).includes(key);
  return {
    key,
    variable: variableOf(key),
    fileVariable: fileVariableOf(key) ?? null,
    description,
    takes,
    value: shownSetting(settings.now[key], secret),
    default: shownSetting(standard, secret),
    secret,
    source: settings.source(key),
    changeable,
    effect: changeable ? effectsAtOnce[key as keyof typeof effectsAtOnce] : 'After a restart of each process.',
    changedAt: change?.changedAt ?? null,
    changedBy: change?.changedBy ?? null,
  };
}
