import type { Settings } from '../../config/settings.ts';

export type Adapter = { port: string; adapter: string; detail: string | null };

/** What stands behind each port of this process, in words; an address without what logs in to it. */
export function adaptersOf(settings: Settings, serverKind: 'embedded' | 'external' | 'given'): Adapter[] {
  const hostOf = (url: string | undefined) => (url ? new URL(url).host : null);
  const database = {
    embedded: { adapter: 'Embedded PostgreSQL', detail: 'in the data folder' },
    external: { adapter: 'PostgreSQL', detail: hostOf(settings.databaseUrl) },
    given: { adapter: 'PostgreSQL', detail: 'where the secrets say' },
  }[serverKind];
  return [
    { port: 'Database', ...database },
    settings.vaultUrl
      ? { port: 'Secrets', adapter: 'Vault', detail: hostOf(settings.vaultUrl) }
      : { port: 'Secrets', adapter: 'Sealed file', detail: 'in the data folder' },
    settings.bus === 'rabbitmq'
      ? { port: 'Events', adapter: 'RabbitMQ', detail: 'services/rabbitmq-connection' }
      : { port: 'Events', adapter: 'PostgreSQL', detail: 'tables of the platform’s database' },
    settings.cache === 'redis'
      ? { port: 'Cache and limits', adapter: 'Redis', detail: 'services/redis-connection' }
      : { port: 'Cache and limits', adapter: 'Memory', detail: 'of each process' },
    settings.oidcIssuer
      ? { port: 'Sign-in', adapter: 'OpenID Provider', detail: hostOf(settings.oidcIssuer) }
      : { port: 'Sign-in', adapter: 'Embedded provider', detail: null },
    settings.smtpUrl
      ? { port: 'Mail', adapter: 'SMTP', detail: hostOf(settings.smtpUrl) }
      : { port: 'Mail', adapter: 'Files', detail: 'mail in the data folder; none is sent' },
    { port: 'Files', adapter: 'Folder', detail: 'files in the data folder' },
  ];
}
