import { z } from 'zod';

// Every setting there is, a sentence each. Nothing else in the project reads the environment.
// The name of a variable is TC_ and the key in capitals: `publicUrl` is TC_PUBLIC_URL.

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

export const Settings = z.strictObject({
  port: z.coerce.number().int().min(1).max(65535).default(8080).describe('The port that the platform listens on.'),
  host: z.string().min(1).default('127.0.0.1').describe('The address that it listens on; 0.0.0.0 for all.'),
  data: z.string().min(1).default('./data').describe('The folder that holds everything that must be kept.'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'The address that people type, with base path if there is one; it is also the issuer. http://localhost:<port> when not given.',
    ),
  databaseUrl: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .meta({ secret: true })
    .describe(
      'A PostgreSQL to use instead of the embedded one; the role must be allowed to create databases and roles.',
    ),
  databasePrefix: z
    .string()
    .regex(/^([a-z][a-z0-9_]{0,20})?$/, { error: 'up to 21 small letters, digits and _' })
    .default('')
    .describe('Heads the name of every database and role.'),
  databaseConnections: z.coerce
    .number()
    .int()
    .min(8)
    .max(500)
    .default(32)
    .describe('Connections that all pools of this process share.'),
  masterKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, { error: '32 bytes in base64url (43 characters)' })
    .optional()
    .meta({ secret: true })
    .describe('The key of the secrets file; without it a 0600 file in the data folder holds one.'),
  registration: z
    .enum(['open', 'invite', 'closed'])
    .default('invite')
    .describe('Who may make an account at the embedded provider.'),
  adminEmail: z.email().default('admin@localhost.localdomain').describe('The address of the first administrator.'),
  oidcIssuer: z
    .url()
    .optional()
    .describe('An OpenID Provider to use instead of the embedded one, such as a Keycloak realm.'),
  oidcClientId: z.string().min(1).default('task-connect').describe('Our client there.'),
  oidcAudience: z
    .string()
    .min(1)
    .optional()
    .describe('The audience that access tokens must name; <publicUrl>/api when not given.'),
  smtpUrl: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .meta({ secret: true })
    .describe('The mail server; without it mail is kept as .eml files in the data folder.'),
  mailFrom: z.string().min(3).default('Task Connect <no-reply@localhost.localdomain>').describe('The sender of mail.'),
  trustedProxies: list
    .default([])
    .describe('Addresses or networks (CIDR), comma-separated, whose X-Forwarded-For is believed.'),
  corsOrigins: list.default([]).describe('Origins, comma-separated, that may call the API from a browser.'),
  rateLimit: z.coerce
    .number()
    .int()
    .min(1)
    .default(1200)
    .describe('Requests a minute that one person or token may make.'),
  anonymousRateLimit: z.coerce
    .number()
    .int()
    .min(1)
    .default(240)
    .describe('Requests a minute without login from one address.'),
  role: z
    .enum(['all', 'web', 'worker'])
    .default('all')
    .describe('What this process does: answer requests, work on events and jobs, or both.'),
  plugins: list.optional().describe('Only these plugins are served by this process; all when not given.'),
  pluginFolders: list.default([]).describe('Further folders, comma-separated, that hold plugins.'),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').describe('What is logged.'),
});

/** The effective settings; `publicUrl` and `oidcAudience` are filled in. */
export type Settings = z.infer<typeof Settings> & { publicUrl: string; oidcAudience: string };
