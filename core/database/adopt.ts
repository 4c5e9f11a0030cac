import pg from 'pg';
import type { Names } from './provision.ts';
import { ServerUnavailable } from './server.ts';

// A database that is there already without our mark, as a script or a provider makes it. It is taken over when nothing
// can be lost and nobody else can mean it: it is empty, in UTF-8, and belongs to who provisions or to its own user
// (`<database>_user`, `<database>_owner`). Everything else is refused with what to do.
//
// A login `<database>_user` with a password stays as long as the secret names it; the first rotation retires it.

const quoted = pg.escapeIdentifier;

/** Refuses what cannot be taken over, by a connection inside it; nothing is changed. */
export async function mustBeAdoptable(inside: pg.Client, names: Names): Promise<void> {
  const { rows } = await inside.query<{ owner: string; mine: boolean; encoding: string; objects: number }>(
    `select r.rolname as owner, r.rolname = current_user as mine, pg_encoding_to_char(d.encoding) as encoding,
       (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
          and not exists (select from pg_depend e where e.objid = c.oid and e.deptype = 'e')) as objects
     from pg_database d join pg_roles r on r.oid = d.datdba where d.datname = current_database()`,
  );
  const { owner, mine, encoding, objects } = rows[0]!;
  const advice = 'Choose another TC_DATABASE_PREFIX, or move it away.';
  if (objects > 0)
    throw new ServerUnavailable(
      `The database ${names.database} is there and not of this installation: it holds tables, and has no mark of ours. ${advice}`,
    );
  if (!mine && owner !== names.user && owner !== names.owner)
    throw new ServerUnavailable(
      `The database ${names.database} is there and not of this installation: it belongs to ${owner}. ${advice} If it is meant for Task Connect: alter database ${quoted(names.database)} owner to ${quoted(names.user)}.`,
    );
  if (encoding !== 'UTF8')
    throw new ServerUnavailable(`The database ${names.database} is in ${encoding}; it must be in UTF8. Make it anew.`);
}

/** A role that is there may be the user of a database only when policies hold for it and it owns nothing by right. */
export async function mustBeHarmless(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ words: string }>(
    `select concat_ws(' ', case when rolsuper then 'NOSUPERUSER' end, case when rolbypassrls then 'NOBYPASSRLS' end,
       case when rolcreaterole then 'NOCREATEROLE' end, case when rolcreatedb then 'NOCREATEDB' end) as words
     from pg_roles where rolname = $1`,
    [role],
  );
  const words = rows[0]?.words;
  if (words)
    throw new ServerUnavailable(
      `The role ${role} may do too much to be the user of a database: alter role ${quoted(role)} ${words}.`,
    );
}

/** Makes it as one of ours is made: closed to everybody else, and owned by who provisions. */
export async function adopt(client: pg.Client, names: Names): Promise<void> {
  const database = quoted(names.database);
  await client.query(`alter database ${database} owner to current_user`);
  await client.query(`revoke all on database ${database} from public, ${quoted(names.user)}`);
  await client.query(`grant connect on database ${database} to ${quoted(names.user)}`);
}

/** What PostgreSQL's “permission denied” means for who provisions, in a sentence that says what to grant. */
export function rightFault(error: unknown, admin: string, names: Names): Error | undefined {
  const { code, message } = error as { code?: string; message: string };
  if (code === '42501' && /extension/.test(message)) return undefined;
  if (code !== '42501') return undefined;
  const roles = [names.owner, names.user, ...names.logins].map(quoted).join(', ');
  return new ServerUnavailable(
    `The role ${admin} may not set up the database ${names.database}: ${message}. Roles that are there already must be given to it, by who made them: grant ${roles} to ${quoted(admin)} with admin option.`,
    { cause: error },
  );
}

/** Why an extension cannot be made, and who can. */
export function extensionFault(error: unknown, extension: string, { database }: Names): Error | undefined {
  const { code, message } = error as { code?: string; message: string };
  if (code === '42501')
    return new ServerUnavailable(
      `The extension ${extension} may be made by a superuser only: let one run in the database ${database}: create extension ${quoted(extension)}.`,
      { cause: error },
    );
  if (code === '0A000' || code === '58P01' || code === '22023')
    return new ServerUnavailable(
      `This PostgreSQL does not have the extension ${extension} (${message}). Install it on the server, or switch it on at your provider.`,
      { cause: error },
    );
  return undefined;
}
