import { type Clock, type OrganisationRole, organisationRoles, statement } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import { digestOf } from './digest.ts';

// Invitations as who holds one uses it. Promises: one is accepted once, and makes nobody less than they are.

export type Invitation = {
  id: string;
  organisation: string;
  organisationName: string;
  address: string;
  role: OrganisationRole;
};

export type Invitations = {
  look(db: Queries, token: string): Promise<Invitation | undefined>;
  /** Takes it up for a person; undefined when there is none, or no more. */
  accept(db: Queries, token: string, person: string): Promise<Invitation | undefined>;
};

const columns = `i.id, i.organisation_id as organisation, o.name as "organisationName", i.address, i.role`;

const lookAtInvitation = statement<[digest: string, now: string], Invitation>(
  'identity.look-at-invitation',
  `select ${columns} from invitation i join organisation o on o.id = i.organisation_id
   where i.token_digest = $1 and i.expires_at > $2`,
);

const takeInvitation = statement<[digest: string, now: string], Invitation>(
  'identity.take-invitation',
  `delete from invitation i using organisation o
   where o.id = i.organisation_id and i.token_digest = $1 and i.expires_at > $2 returning ${columns}`,
);

const ranks = `array['${organisationRoles.join(`', '`)}']`;

const join = statement<[organisation: string, person: string, role: string, now: string], unknown>(
  'identity.join-organisation',
  `insert into membership as m (organisation_id, person_id, role, joined_at) values ($1, $2, $3, $4)
   on conflict (organisation_id, person_id) do update set role = $3
   where array_position(${ranks}, m.role) < array_position(${ranks}, $3)`,
);

export function makeInvitations({ clock }: { clock: Clock }): Invitations {
  const now = () => clock.now().toString();
  return {
    look: async (db, token) => (await db.query(lookAtInvitation, [digestOf(token), now()]))[0],
    async accept(db, token, person) {
      const [invitation] = await db.query(takeInvitation, [digestOf(token), now()]);
      if (invitation) await db.query(join, [invitation.organisation, person, invitation.role, now()]);
      return invitation;
    },
  };
}
