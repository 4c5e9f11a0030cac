// What secrets there are to be (README, “Secrets”): their fields, who uses them, and what can be done with them here. One
// that is not named is shown all the same, with the fields that it has.

export type SecretField = {
  name: string;
  title: string;
  help?: string;
  hidden: boolean;
  long?: boolean;
  required?: boolean;
};

export type KnownSecret = {
  title: string;
  /** What it is for. */
  about: string;
  fields?: readonly SecretField[];
  /** `own`: the platform makes it and knows how to renew it; `kept`: it makes it, and it stays. */
  care?: 'own' | 'kept';
  /** Never shown: whoever has it could be anybody. */
  sealed?: boolean;
};

const hidden = (name: string, title: string, help?: string): SecretField => ({
  name,
  title,
  hidden: true,
  required: true,
  ...(help && { help }),
});
const plain = (name: string, title: string, help?: string): SecretField => ({
  name,
  title,
  hidden: false,
  required: true,
  ...(help && { help }),
});
const optional = (field: SecretField): SecretField => ({ ...field, required: false });
const long = (field: SecretField): SecretField => ({ ...field, long: true });

const certificate = optional(
  long(plain('ca', 'Authority', 'PEM text of who signed its certificate, where the system does not know them.')),
);

/** By path, in the order in which they are shown. */
export const knownSecrets: Readonly<Record<string, KnownSecret>> = {
  'external-apis/sendgrid-key': {
    title: 'SendGrid',
    about: 'Sends mail of notifications.',
    fields: [hidden('apiKey', 'API key')],
  },
  'external-apis/twilio-credentials': {
    title: 'Twilio',
    about: 'Sends text messages of notifications.',
    fields: [
      plain('accountSid', 'Account SID'),
      hidden('authToken', 'Auth token'),
      optional(plain('from', 'Sender', 'A number that Twilio gave you, +49…')),
    ],
  },
  'external-apis/stripe-keys': {
    title: 'Stripe',
    about: 'Takes payments.',
    fields: [
      hidden('secretKey', 'Secret key'),
      hidden('webhookSecret', 'Webhook secret'),
      optional(plain('publishableKey', 'Publishable key')),
    ],
  },
  'external-apis/firebase-credentials': {
    title: 'Firebase',
    about: 'Sends push messages of notifications.',
    fields: [long(hidden('serviceAccount', 'Service account', 'The JSON file of the service account, whole.'))],
  },
  'external-apis/google-calendar': {
    title: 'Google Calendar',
    about: 'Keeps calendars alike.',
    fields: [plain('clientId', 'Client id'), hidden('clientSecret', 'Client secret')],
  },
  'external-apis/microsoft-graph': {
    title: 'Microsoft Graph',
    about: 'Keeps calendars alike.',
    fields: [plain('tenantId', 'Tenant id'), plain('clientId', 'Client id'), hidden('clientSecret', 'Client secret')],
  },
  'services/rabbitmq-connection': {
    title: 'RabbitMQ',
    about: 'Carries events where TC_BUS is rabbitmq.',
    fields: [
      hidden('url', 'Address', 'amqp://user:password@host:5672, or amqps://'),
      certificate,
      optional(hidden('managementUrl', 'Management address', 'http://user:password@host:15672')),
    ],
  },
  'services/redis-connection': {
    title: 'Redis',
    about: 'Caches and counts where TC_CACHE is redis.',
    fields: [hidden('url', 'Address', 'redis://:password@host:6379, or rediss://'), certificate],
  },
  'services/keycloak-secrets': {
    title: 'Keycloak',
    about: 'By which the platform is known where people sign in.',
    fields: [
      hidden('clientSecret', 'Client secret'),
      optional(plain('adminClientId', 'Client that manages people')),
      optional(hidden('adminClientSecret', 'Its secret')),
    ],
  },
  'services/s3': {
    title: 'S3',
    about: 'Keeps files outside of the data folder.',
    fields: [
      plain('endpoint', 'Address'),
      plain('bucket', 'Bucket'),
      plain('accessKeyId', 'Access key id'),
      hidden('secretAccessKey', 'Secret access key'),
    ],
  },
  'services/installation': {
    title: 'Installation',
    about: 'The id by which databases are known as ours.',
    care: 'kept',
  },
  'services/embedded-postgres': {
    title: 'Embedded PostgreSQL',
    about: 'The database server that the platform starts itself.',
    care: 'kept',
  },
  'services/first-administrator': {
    title: 'First administrator',
    about: 'The one-time password of the first account. It goes when that is changed.',
    care: 'kept',
  },
  'certificates/ssl-certs': {
    title: 'TLS certificate',
    about: 'For the proxy in front.',
    fields: [
      long(plain('certificate', 'Certificate', 'PEM text, with those between')),
      long(hidden('key', 'Private key')),
    ],
  },
  'certificates/signing-keys': {
    title: 'Signing keys',
    about: 'Sign tokens, cookies and mailed links.',
    care: 'own',
    sealed: true,
  },
};

/** What is known of a path; of a database of a plugin, that of its login. */
export function knownSecret(path: string): KnownSecret {
  if (path.startsWith('databases/')) {
    const plugin = path.slice('databases/'.length);
    return { title: plugin, about: `The login of ${plugin} at its database.`, care: 'own' };
  }
  return knownSecrets[path] ?? { title: path.split('/').at(-1)!, about: 'Not one of ours.' };
}
