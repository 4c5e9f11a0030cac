import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

// Every setting there is, a sentence each. Nothing else in the project reads the environment.
// The name of a variable is TC_ and the key in capitals: `publicUrl` is TC_PUBLIC_URL.
// Every schema takes the text of a variable as well as what JSON can hold, and says in `takes` what it takes.

const takes = (words: string, more: object = {}) => ({ takes: words, ...more });

// Not z.coerce: that takes "", true, "0x10" and "1e3" for numbers.
const whole = (min: number, max: number) =>
  z
    .union([
      z.int(),
      z
        .string()
        .regex(/^\d{1,12}$/)
        .transform(Number),
    ])
    .pipe(z.int().min(min).max(max))
    .meta(takes(`a whole number from ${min} to ${max}`));

const text = (words: string, fits: (value: string) => boolean = () => true) =>
  z
    .string()
    .min(1)
    .refine((value) => !/\p{Cc}/u.test(value) && fits(value))
    .meta(takes(words));

const list = (words: string, fits: (item: string) => boolean) =>
  z
    .union([z.string().transform((value) => value.split(',')), z.array(z.string())])
    .transform((items) => items.map((item) => item.trim()).filter((item) => item !== ''))
    .refine((items) => items.every(fits))
    .meta(takes(words));

const url = (words: string, fits: (url: URL) => boolean) =>
  text(words, (value) => {
    const parsed = URL.parse(value);
    return parsed !== null && parsed.hostname !== '' && fits(parsed);
  });

const isWeb = ({ protocol }: URL) => protocol === 'http:' || protocol === 'https:';
const isBare = ({ username, password, search, hash }: URL) => `${username}${password}${search}${hash}` === '';
// It becomes the path of cookies and the head of redirects, where ; ends an attribute and // another host begins.
const hasPlainPath = ({ pathname }: URL) => /^(\/[\w.~-]+)*\/?$/.test(pathname);

const isNetwork = (item: string) => {
  const [address = '', bits, ...rest] = item.split('/');
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  if (isIP(address) === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits ?? '0')) return false;
  try {
    new BlockList().addSubnet(address, Number(bits ?? 32), family);
    return true;
  } catch {
    return false;
  }
};

const isOrigin = (item: string) => {
  const parsed = URL.parse(item);
  return parsed !== null && isWeb(parsed) && parsed.origin === item;
};

export const Settings = z.strictObject({
  port: whole(1, 65535).default(8080).describe('The port that the platform listens on.'),
  host: text('a host name or an address').default('127.0.0.1').describe('The address it listens on; 0.0.0.0 for all.'),
  data: text('the path of a folder').default('./data').describe('The folder that holds everything that must be kept.'),
  publicUrl: url(
    'an http(s) address without login, query and fragment, with a path of letters, digits and - . _ ~ alone',
    (given) => isWeb(given) && isBare(given) && hasPlainPath(given),
  )
    .optional()
    .describe(
      'The address that people type, with base path if there is one; it is also the issuer. http://localhost:<port> when not given.',
    ),
  databaseUrl: url('a postgres:// address', ({ protocol }) => /^postgres(ql)?:$/.test(protocol))
    .optional()
    .meta(takes('a postgres:// address', { secret: true }))
    .describe(
      'A PostgreSQL to use instead of the embedded one; the role must be allowed to create databases and roles.',
    ),
  databasePrefix: z
    .string()
    .regex(/^([a-z][a-z0-9_]{0,20})?$/)
    .meta(takes('up to 21 small letters, digits and _, a letter first'))
    .default('')
    .describe('Heads the name of every database and role.'),
  databaseConnections: whole(8, 500).default(32).describe('Connections that all pools of this process share.'),
  masterKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional()
    .meta(takes('32 bytes in base64url (43 characters)', { secret: true }))
    .describe('The key of the secrets file; without it a 0600 file in the data folder holds one.'),
  vaultUrl: url('an http(s) address without login, query and fragment', (given) => isWeb(given) && isBare(given))
    .optional()
    .describe('A Vault (or OpenBao) that keeps the secrets, instead of the encrypted file in the data folder.'),
  vaultMount: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*$/)
    .meta(takes('the path of a KV v2 engine'))
    .default('secret')
    .describe('Where its KV version 2 engine is mounted.'),
  vaultRoleId: text('the role id of an AppRole')
    .optional()
    .meta(takes('the role id of an AppRole', { file: true }))
    .describe('The AppRole by which this process logs in to Vault.'),
  vaultSecretId: text('the secret id of an AppRole')
    .optional()
    .meta(takes('the secret id of an AppRole', { secret: true }))
    .describe('The secret id of that AppRole.'),
  vaultCa: text('the path of a PEM file')
    .optional()
    .describe('The authority that signed the certificate of Vault, where the system does not know it.'),
  bus: z
    .enum(['embedded', 'rabbitmq'])
    .default('embedded')
    .describe('What carries events: PostgreSQL itself, or the RabbitMQ of the secret services/rabbitmq-connection.'),
  cache: z
    .enum(['memory', 'redis'])
    .default('memory')
    .describe(
      'Where what can be made again is kept, and where limits are counted: this process, or the Redis of the secret services/redis-connection.',
    ),
  registration: z
    .enum(['open', 'invite', 'closed'])
    .default('invite')
    .describe('Who may make an account at the embedded provider.'),
  adminEmail: z
    .email()
    .meta(takes('a mail address'))
    .default('admin@localhost.localdomain')
    .describe('The address of the first administrator.'),
  oidcIssuer: url('an http(s) address', isWeb)
    .optional()
    .describe('An OpenID Provider to use instead of the embedded one, such as a Keycloak realm.'),
  oidcBackChannelUrl: url(
    'an http(s) address without login, query and fragment',
    (given) => isWeb(given) && isBare(given),
  )
    .optional()
    .describe('Where this process reaches that provider, if not at the address of the issuer.'),
  oidcClientId: text('the id of a client').default('task-connect').describe('Our client there.'),
  oidcAudience: text('the name of an audience')
    .optional()
    .describe('The audience that access tokens must name; <publicUrl>/api when not given.'),
  smtpUrl: url('an smtp:// or smtps:// address', ({ protocol }) => /^smtps?:$/.test(protocol))
    .optional()
    .meta(takes('an smtp:// or smtps:// address', { secret: true }))
    .describe('The mail server; without it mail is kept as .eml files in the data folder.'),
  mailFrom: text('a mail address, or a name and the address in <>', (value) =>
    /^([^<>]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(value),
  )
    .default('Task Connect <no-reply@localhost.localdomain>')
    .describe('The sender of mail.'),
  trustedProxies: list('addresses or networks such as 10.0.0.0/8, comma-separated', isNetwork)
    .default([])
    .describe('Addresses or networks (CIDR), comma-separated, whose X-Forwarded-For is believed.'),
  corsOrigins: list('origins such as https://example.org, comma-separated, without a path', isOrigin)
    .default([])
    .describe('Origins, comma-separated, that may call the API from a browser.'),
  rateLimit: whole(1, 1_000_000).default(1200).describe('Requests a minute that one person or token may make.'),
  anonymousRateLimit: whole(1, 1_000_000).default(240).describe('Requests a minute without login from one address.'),
  signInNotice: text('up to 500 characters', (value) => value.length <= 500)
    .optional()
    .describe('A sentence or two for everybody who signs in, such as when the platform will be away.'),
  historyDays: whole(1, 90).default(8).describe('For how many days the charts of health are kept.'),
  prometheusUrl: url('an http(s) address without login, query and fragment', (given) => isWeb(given) && isBare(given))
    .optional()
    .describe('A Prometheus that reads /metrics of every process; the charts of health are then read from it.'),
  role: z
    .enum(['all', 'web', 'worker'])
    .default('all')
    .describe('What this process does: answer requests, work on events and jobs, or both.'),
  plugins: list('ids of plugins, comma-separated', (item) => /^[a-z][a-z0-9-]*$/.test(item))
    .optional()
    .describe('Only these plugins are served by this process; all when not given.'),
  internalUrl: url('an http(s) address without login, query and fragment', (given) => isWeb(given) && isBare(given))
    .optional()
    .describe(
      'Where other processes of this installation reach this one; needed where plugins are spread over several.',
    ),
  pluginFolders: list('paths of folders, comma-separated', () => true)
    .default([])
    .describe('Further folders, comma-separated, that hold plugins.'),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').describe('What is logged.'),
});

/** The effective settings; `publicUrl` and `oidcAudience` are filled in. */
export type Settings = z.infer<typeof Settings> & { publicUrl: string; oidcAudience: string };

export type SettingKey = keyof typeof Settings.shape;

export const settingKeys = Object.keys(Settings.shape) as SettingKey[];

/** `publicUrl` → `TC_PUBLIC_URL`. */
export const variableOf = (key: SettingKey): string =>
  `TC_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** `vaultSecretId` → `TC_VAULT_SECRET_ID_FILE`: of what is secret, or handed over with it, a file may hold the value. */
export const fileVariableOf = (key: SettingKey): string | undefined =>
  settingFacts(key).byFile ? `${variableOf(key)}_FILE` : undefined;

/** What is known of a setting besides its value. */
export function settingFacts(key: SettingKey): {
  takes: string;
  secret: boolean;
  /** Whether a file may hold its value. */
  byFile: boolean;
  description: string;
  default: unknown;
} {
  const outer: z.ZodType = Settings.shape[key];
  // .optional() and .default() wrap a schema and do not show its meta.
  const wrapped = outer instanceof z.ZodOptional || outer instanceof z.ZodDefault ? outer : undefined;
  const inner = wrapped?.unwrap() as z.ZodType | undefined;
  const meta: Record<string, unknown> = { ...inner?.meta(), ...outer.meta() };
  const options = inner instanceof z.ZodEnum ? inner.options.join(', ').replace(/, (?=[^,]*$)/, ' or ') : undefined;
  return {
    takes: String(meta.takes ?? options),
    secret: meta.secret === true,
    byFile: meta.secret === true || meta.file === true,
    description: outer.description ?? '',
    default: outer instanceof z.ZodDefault ? outer.def.defaultValue : undefined,
  };
}
