import type { SecretStore } from '../secrets/secrets.ts';
import type { Address } from './connection.ts';
import { tlsOfFields } from './tls.ts';

/** Where the database of a plugin is and how it opens, as its secret says; undefined when there is none. */
export async function addressOf(secrets: SecretStore, id: string): Promise<Address | undefined> {
  const secret = await secrets.read(`databases/${id}`);
  if (!secret) return undefined;
  const { host, port, database, username, password } = secret.value;
  return {
    host: String(host),
    port: Number(port),
    database: String(database),
    user: String(username),
    password: String(password),
    tls: tlsOfFields(secret.value),
  };
}
