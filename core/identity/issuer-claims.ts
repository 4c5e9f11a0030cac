import { type OrganisationRole, organisationRoles } from '@task-connect/sdk';
import type { JWTPayload } from 'jose';

// What an issuer says of a person, and what we take from it. `roles` are roles of our client there, by the names that our
// platform roles have; a group `organisation:<id>:<role>` makes its people members of that organisation here. Everything
// else that it says is passed over: who may name a group so at the issuer may give that role, and nobody else.

export type IssuerClaims = {
  subject: string;
  name: string | undefined;
  address: string | undefined;
  addressVerified: boolean;
  platformRoles: string[];
  /** Organisation → the highest role that a group gives there. */
  memberships: ReadonlyMap<string, OrganisationRole>;
};

const platformRoles = ['administrator'];
const group = /^organisation:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([a-z]+)$/i;

export function readClaims(claims: JWTPayload): IssuerClaims {
  return {
    subject: claims.sub!,
    name: textOf(claims.name) ?? textOf(claims.preferred_username),
    address: textOf(claims.email),
    addressVerified: claims.email_verified === true,
    platformRoles: platformRoles.filter((role) => textsOf(claims.roles).includes(role)),
    memberships: membershipsOf(textsOf(claims.groups)),
  };
}

export const rankOf = (role: OrganisationRole): number => organisationRoles.indexOf(role);

function membershipsOf(groups: readonly string[]): ReadonlyMap<string, OrganisationRole> {
  const found = new Map<string, OrganisationRole>();
  for (const name of groups) {
    const [, id, role] = group.exec(name) ?? [];
    if (id === undefined || !isRole(role)) continue;
    const organisation = id.toLowerCase();
    const before = found.get(organisation);
    if (before === undefined || rankOf(before) < rankOf(role)) found.set(organisation, role);
  }
  return found;
}

const isRole = (role: string | undefined): role is OrganisationRole =>
  (organisationRoles as readonly (string | undefined)[]).includes(role);
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && !value.includes('\0') ? value : undefined;
