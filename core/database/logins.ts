import { randomBytes } from 'node:crypto';
import type { SecretValue } from '@task-connect/sdk';
import pg from 'pg';
import type { SecretStore } from '../secrets/secrets.ts';
import { type Address, connectionConfig, farewell } from './connection.ts';
import type { Names } from './provision.ts';
import type { DatabaseServer } from './server.ts';
import { tlsFields } from './tls.ts';

// The login of a database's user: one of two roles that alternate, so that a new password cuts off nobody who has a
// connection. It promises that the secret opens the database and that the other of the two cannot log in. A
// `<database>_user` that could log in before we came (adopt.ts) is a third, until the first rotation.

export function makeLogins({ server, secrets }: { server: DatabaseServer; secrets: SecretStore }) {
  const { host, port, tls } = server.admin;

  async function issue(client: pg.Client, names: Names, login: string): Promise<void> {
    const password = randomBytes(24).toString('base64url');
    await client.query(`alter role ${pg.escapeIdentifier(login)} login password ${pg.escapeLiteral(password)}`);
    await secrets.write(names.secret, {
      host,
      port,
      database: names.database,
      username: login,
      password,
      ...tlsFields(tls),
    });
  }

  /** With the place of the server as it is now; what else was written there stays. */
  function placed({ sslmode, sslrootcert, sslcert, sslkey, ...rest }: SecretValue): SecretValue {
    return { ...rest, host, port, ...tlsFields(tls) };
  }

  const otherThan = (login: string, { logins: [a, b] }: Names) => (login === a ? b : a);

  /** Open connections stay; who still holds the old password is refused once and reads the secret again. */
  async function retire(client: pg.Client, login: string): Promise<void> {
    const { rows } = await client.query('select from pg_roles where rolname = $1 and rolcanlogin', [login]);
    if (rows.length > 0) await client.query(`alter role ${pg.escapeIdentifier(login)} nologin`);
  }

  const retireOthers = async (client: pg.Client, names: Names, login: string) => {
    for (const each of [names.user, ...names.logins]) if (each !== login) await retire(client, each);
  };

  return {
    /** Sees to it that the secret opens the database: on a moved server, and after it was lost or changed. */
    async ensure(client: pg.Client, names: Names): Promise<void> {
      const kept = (await secrets.read(names.secret))?.value;
      const username = String(kept?.username);
      const ours =
        kept !== undefined && [names.user, ...names.logins].includes(username) && kept.database === names.database;
      const address = { host, port, database: names.database, user: username, password: String(kept?.password), tls };
      if (!ours || !(await opens(address))) {
        const login = ours && username !== names.user ? username : names.logins[0];
        await issue(client, names, login);
        return retireOthers(client, names, login);
      }
      const wanted = placed(kept);
      if (differs(kept, wanted)) await secrets.write(names.secret, wanted);
      // A rotation that was killed before its last step has left it.
      await retireOthers(client, names, username);
    },

    /** Gives the other login a new password and makes it the one of the secret. */
    async rotate(client: pg.Client, names: Names): Promise<void> {
      const before = String((await secrets.read(names.secret))?.value.username);
      const next = otherThan(before, names);
      await issue(client, names, next);
      await retireOthers(client, names, next);
    },
  };
}

const differs = (one: SecretValue, other: SecretValue): boolean =>
  [...Object.keys(one), ...Object.keys(other)].some((field) => String(one[field]) !== String(other[field]));

/** Whether it lets in. That the server has no place just now is no answer to that. */
async function opens(address: Address): Promise<boolean> {
  const client = new pg.Client(connectionConfig(address, { name: 'task-connect check' }));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (['28P01', '28000'].includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  } finally {
    await farewell(client);
  }
}
