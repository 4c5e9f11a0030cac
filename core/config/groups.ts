import type { SettingKey } from './settings.ts';

// How settings are laid out for a person, and which can be changed while the platform runs.

export const settingGroups: readonly { id: string; title: string; keys: readonly SettingKey[] }[] = [
  {
    id: 'sign-in',
    title: 'Sign-in',
    keys: [
      'registration',
      'signInNotice',
      'adminEmail',
      'oidcIssuer',
      'oidcBackChannelUrl',
      'oidcClientId',
      'oidcAudience',
    ],
  },
  { id: 'limits', title: 'Limits', keys: ['rateLimit', 'anonymousRateLimit'] },
  { id: 'watching', title: 'Watching', keys: ['logLevel', 'historyDays', 'prometheusUrl'] },
  { id: 'address', title: 'Address', keys: ['publicUrl', 'host', 'port', 'trustedProxies', 'corsOrigins'] },
  { id: 'mail', title: 'Mail', keys: ['smtpUrl', 'mailFrom'] },
  {
    id: 'data',
    title: 'Data and secrets',
    keys: [
      'data',
      'databaseUrl',
      'databasePrefix',
      'databaseConnections',
      'masterKey',
      'vaultUrl',
      'vaultMount',
      'vaultRoleId',
      'vaultSecretId',
      'vaultCa',
    ],
  },
  {
    id: 'processes',
    title: 'Processes',
    keys: ['role', 'plugins', 'internalUrl', 'pluginFolders', 'bus', 'cache'],
  },
];

/**
 * What a change at run time does. Only what cannot cut off whoever changes it, open a door to another machine, or part
 * processes from one another is here; the rest is read at the start.
 */
export const effectsAtOnce = {
  registration: 'Whoever opens the sign-in page next is offered to make an account, or not. Accounts that exist stay.',
  signInNotice: 'It stands on the sign-in page at once.',
  rateLimit: 'Every person and token begins with a full count.',
  anonymousRateLimit: 'Every address begins with a full count.',
  logLevel: 'The next line that is logged follows it, in every process.',
  historyDays: 'What is older is deleted within ten minutes.',
} satisfies Partial<Record<SettingKey, string>>;

export type ChangeableKey = keyof typeof effectsAtOnce;
export const changeableKeys = Object.keys(effectsAtOnce) as ChangeableKey[];
