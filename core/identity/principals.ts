import { type OrganisationRole, statement } from '@task-connect/sdk';
import type { SharedSecond } from '../cache/shared-second.ts';
import type { Database } from '../database/database.ts';
import { orUnavailable } from './away.ts';
import { type Held, makeHeld } from './held.ts';
import type { PersonalTokens, TokenRow } from './personal-tokens.ts';
import type { SessionRow, Sessions } from './sessions.ts';

// Who is behind a credential, and what they are in which organisation, as this process remembers it for a second
// (held.ts). The tables tell their changes themselves (core/people/protect.ts), so another process's change is heard at
// once; while hearing is not sure, nothing is remembered.

export type Person = {
  id: string;
  name: string;
  zone: string;
  locale: string;
  weekStart: number;
  platformRoles: readonly string[];
  personalOrganisation: string;
  roles: ReadonlyMap<string, OrganisationRole>;
};

export type Principals = {
  /** null: there is none, or it has ended. */
  session: Held<SessionRow | null>;
  token: Held<TokenRow | null>;
  /** null: unknown, or deactivated. */
  person: Held<Person | null>;
  /** The person of a subject; the key is made by `subjectKey`. */
  subject: Held<{ person: string } | null>;
  grant: Held<object | null>;
  /** What the database tells: `<table> <key>`. */
  heard(payload: string): void;
  /** Whether it is sure that everything is heard. */
  hold(on: boolean): void;
};

export const subjectKey = (issuer: string, subject: string) => JSON.stringify([issuer, subject]);

type PersonRow = {
  id: string;
  name: string;
  zone: string;
  locale: string;
  week_start: number;
  platform_roles: string[];
  personal_organisation_id: string;
  roles: Record<string, OrganisationRole>;
};

const findPerson = statement<[id: string], PersonRow>(
  'identity.find-person',
  `select p.id, p.name, p.zone, p.locale, p.week_start, p.platform_roles, p.personal_organisation_id,
     (select coalesce(jsonb_object_agg(m.organisation_id, m.role), '{}') from membership m where m.person_id = p.id) as roles
   from person p where p.id = $1 and p.active
     and not exists (select 1 from identity i where i.person_id = p.id and i.suspended)`,
);

const findSubject = statement<[issuer: string, subject: string], { person: string }>(
  'identity.find-subject',
  'select person_id as person from identity where issuer = $1 and subject = $2',
);

const findGrant = statement<[id: string], { id: string }>(
  'identity.find-grant',
  `select id from oidc_payload where type = 'Grant' and id = $1`,
);

export function makePrincipals(needs: {
  database: Database;
  sessions: Sessions;
  tokens: PersonalTokens;
  /** Milliseconds that only grow; performance.now() when not given. */
  monotonic?: () => number;
  /** What the processes of the installation share for a second. */
  shared?: SharedSecond | undefined;
}): Principals {
  const { database } = needs;
  const options = needs.monotonic ? { now: needs.monotonic } : {};
  const hold = <T extends object | null>(kind: string, load: (key: string) => Promise<T>) =>
    makeHeld((key) => load(key).catch(orUnavailable), { ...options, shared: sharedAs(kind, needs.shared) });
  const held = {
    session: hold('session', async (digest) => (await needs.sessions.find(database, digest)) ?? null),
    token: hold('token', async (digest) => (await needs.tokens.find(database, digest)) ?? null),
    person: hold<Person | null>('person', async (id) => toPerson((await database.query(findPerson, [id]))[0])),
    subject: hold('subject', async (key) => {
      const [issuer, subject] = JSON.parse(key) as [string, string];
      return (await database.query(findSubject, [issuer, subject]))[0] ?? null;
    }),
    grant: hold('grant', async (id) => (await database.query(findGrant, [id]))[0] ?? null),
  };
  const all: Held<object | null>[] = Object.values(held);

  return {
    ...held,
    heard(payload) {
      const at = payload.indexOf(' ');
      const [table, key] = [payload.slice(0, at), payload.slice(at + 1)];
      if (table === 'session') held.session.forget(key);
      else if (table === 'personal_token') held.token.forget(key);
      else if (table === 'grant') held.grant.forget(key);
      else if (table === 'person' || table === 'membership') held.person.forget(key);
      else if (table === 'identity') held.subject.forgetAll();
    },
    hold(on) {
      for (const each of all) each.hold(on);
    },
  };
}

function toPerson(row: PersonRow | undefined): Person | null {
  return row
    ? {
        id: row.id,
        name: row.name,
        zone: row.zone,
        locale: row.locale,
        weekStart: row.week_start,
        platformRoles: row.platform_roles,
        personalOrganisation: row.personal_organisation_id,
        roles: new Map(Object.entries(row.roles)),
      }
    : null;
}

/** With a kind before each key, and a person's roles as JSON has them. */
function sharedAs(kind: string, shared: SharedSecond | undefined): SharedSecond | undefined {
  if (!shared) return undefined;
  const keyOf = (key: string) => `${kind}:${key}`;
  const put = (key: string, value: unknown, age: number) => shared.put(keyOf(key), value, age);
  const forget = (key: string) => shared.forget(keyOf(key));
  if (kind !== 'person') return { get: (key) => shared.get(keyOf(key)), put, forget };
  return {
    async get(key) {
      const found = await shared.get(keyOf(key));
      if (!found) return undefined;
      const person = found.value as Omit<Person, 'roles'> & { roles: [string, OrganisationRole][] };
      return { age: found.age, value: { ...person, roles: new Map(person.roles) } satisfies Person };
    },
    put: (key, value, age) => put(key, { ...(value as Person), roles: [...(value as Person).roles] }, age),
    forget,
  };
}
