import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { deleteSentInvitations } from '../people/invitation/invitation-table.ts';
import { type FollowedChange, withdrawn } from './given-rights.ts';
import { findLinked, link, suspend, type WatchedRow, watched } from './issuer-people-table.ts';
import { type KeycloakAdmin, type KeycloakUser, personAttribute } from './keycloak-admin.ts';
import type { Sessions } from './sessions.ts';

// People at an issuer that we may manage. Promises: what an administrator does here is done there, any number of times
// with the same outcome; nobody there is touched whom we did not make and who never signed in here; and who is
// deactivated there loses what they have here by tokens, too, at the next look.

export type IssuerPeople = {
  /** Whether changes made here reach the issuer; false: there is no credential for it. */
  managed(): Promise<boolean>;
  /** Makes the person’s account there when they have none. Gives its id when they have to choose a password yet. */
  make(person: string): Promise<string | undefined>;
  /** Has their account there be active or not, as it is here now. */
  follow(person: string): Promise<void>;
  mailPasswordLink(subject: string): Promise<boolean>;
  /** Who they are there: those whom we may send such a mail. */
  subjectsOf(person: string): Promise<readonly string[]>;
  /** Asks about all who have tokens, and suspends whom the issuer has deactivated or removed. */
  look(): Promise<void>;
};

const batch = 50;
/** Of one look; the next goes on where it ended. */
const longestLook = 45_000;

export function makeIssuerPeople(needs: {
  issuerName: string;
  admin: KeycloakAdmin;
  database: Database;
  sessions: Sessions;
  followed(person: string, changes: readonly FollowedChange[]): void;
  clock: Clock;
  log: Log;
}): IssuerPeople {
  const { issuerName, admin, database, clock, log } = needs;
  let reached = '';

  async function setSuspended(subject: string, suspended: boolean): Promise<void> {
    const followed = await database.transaction(async (tx) => {
      const [changed] = await tx.query(suspend, [issuerName, subject, suspended]);
      if (!changed) return undefined;
      const { person } = changed;
      if (!suspended) return { person, sent: [] };
      await needs.sessions.endOfPerson(tx, person);
      // Whoever invites has seen the link, and could come back by it under another account.
      return { person, sent: await tx.query(deleteSentInvitations, [person, null, []]) };
    });
    if (followed === undefined) return;
    const { person, sent } = followed;
    log.info({ person, suspended }, 'The issuer says whether a person is active');
    const change = { action: 'person.followed', subject: person };
    const said = { ...change, before: { suspended: !suspended }, after: { suspended } };
    needs.followed(person, [said, ...sent.map(withdrawn)]);
  }

  /** An account that answers carry no word of is asked for by itself, since to be left out must not cut anybody off. */
  async function isActive(row: WatchedRow, found: ReadonlyMap<string, KeycloakUser>): Promise<boolean> {
    const user = found.get(row.subject) ?? (await admin.user(row.subject));
    return user?.enabled ?? false;
  }

  async function lookAt(rows: readonly WatchedRow[]): Promise<void> {
    const users = await admin.users(rows.map(({ subject }) => subject));
    const found = new Map(users.map((user) => [user.id, user]));
    for (const row of rows) {
      const suspended = !(await isActive(row, found));
      if (suspended !== row.suspended) await setSuspended(row.subject, suspended);
    }
  }

  return {
    managed: admin.mayManage,
    mailPasswordLink: admin.mailPasswordLink,
    async subjectsOf(id) {
      const [person] = await database.query(findLinked, [id, issuerName]);
      return person && (await admin.mayManage()) ? person.subjects : [];
    },

    async make(id) {
      const [person] = await database.query(findLinked, [id, issuerName]);
      if (!person?.address || !(await admin.mayManage())) return undefined;
      const { address, verified, active: enabled } = person;
      // A try before this one may have come so far and no further.
      let subject = (await admin.userMadeFor(id))?.id;
      if (subject === undefined && person.subjects.length > 0) return undefined;
      subject ??= await admin.create({ person: id, address, verified, enabled, ...namesOf(person.name) });
      if (subject === undefined) {
        log.info({ person: id }, 'The issuer has somebody with this address, who becomes this person at their sign-in');
        return undefined;
      }
      await database.query(link, [issuerName, subject, id, clock.now().toString()]);
      const user = await admin.user(subject);
      return user?.enabled && user.requiredActions?.includes('UPDATE_PASSWORD') ? subject : undefined;
    },

    async follow(id) {
      const [person] = await database.query(findLinked, [id, issuerName]);
      if (!person || !(await admin.mayManage())) return;
      const made = person.subjects.length > 0 ? undefined : await admin.userMadeFor(id);
      for (const subject of made ? [made.id] : person.subjects) {
        const user = await admin.user(subject);
        const of = user?.attributes?.[personAttribute]?.[0];
        if (!user || (of !== undefined && of !== id)) continue;
        if (user.enabled !== person.active) await admin.setEnabled(user, person.active);
        // Each time: the try before may have ended between the two.
        if (person.active) await setSuspended(subject, false);
        else await admin.endSessions(subject);
      }
    },

    async look() {
      if (!(await admin.mayManage())) return;
      const begun = performance.now();
      do {
        const rows = await database.query(watched, [issuerName, reached, clock.now().toString(), batch]);
        if (rows.length > 0) await lookAt(rows);
        reached = rows.length < batch ? '' : rows.at(-1)!.subject;
      } while (reached !== '' && performance.now() - begun < longestLook);
    },
  };
}

/** Keycloak asks for two names, and takes no such characters in them. */
function namesOf(name: string): { firstName: string; lastName: string } {
  const words = name
    .replaceAll(/[<>&"$%!#?§;*~/\\|^=[\]{}()\p{Cc}]/gu, ' ')
    .trim()
    .split(/\s+/);
  return { firstName: words.slice(0, -1).join(' ') || words[0]!, lastName: words.length > 1 ? words.at(-1)! : '' };
}
