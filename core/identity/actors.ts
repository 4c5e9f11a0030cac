import { type Actor, NotFound, type OrganisationRole } from '@task-connect/sdk';
import { everything } from './personal-tokens.ts';
import type { Person } from './principals.ts';

// An actor is a person in one organisation, with what the credential lets them do of what they may.

export type PermissionsOf = (role: OrganisationRole, platformRoles: readonly string[]) => ReadonlySet<string>;

const nobody = '00000000-0000-0000-0000-000000000000';

export const anonymous: Actor = {
  kind: 'anonymous',
  person: nobody,
  organisation: nobody,
  role: 'guest',
  name: '',
  zone: 'UTC',
  locale: 'en',
  weekStart: 1,
  platformRoles: [],
  may: () => false,
};

export type Actors = {
  /** `scopes` undefined: no narrower than the person. Throws a 404 when the person is not in the organisation. */
  of(person: Person, organisation: string | undefined, scopes?: readonly string[]): Actor;
};

export function makeActors(permissionsOf: PermissionsOf): Actors {
  // As long as the person is remembered, so are its actors.
  const made = new WeakMap<Person, Map<string, Actor>>();

  return {
    of(person, organisation = person.personalOrganisation, scopes) {
      const role = person.roles.get(organisation);
      if (!role) throw new NotFound({ what: 'organisation', id: organisation });
      const key = scopes ? `${organisation} ${scopes.join(' ')}` : organisation;
      const known = made.get(person) ?? new Map<string, Actor>();
      made.set(person, known);
      const actor = known.get(key) ?? make(person, organisation, role, scopes);
      known.set(key, actor);
      return actor;
    },
  };

  function make(person: Person, organisation: string, role: OrganisationRole, scopes?: readonly string[]): Actor {
    const narrow = scopes && !scopes.includes(everything) ? new Set(scopes) : undefined;
    const { platformRoles } = person;
    return {
      kind: 'person',
      person: person.id,
      organisation,
      role,
      name: person.name,
      zone: person.zone,
      locale: person.locale,
      weekStart: person.weekStart,
      platformRoles,
      // “*” asks whether the credential is as wide as its person: only such a one may make another like it.
      may: (permission) =>
        permission === everything
          ? !narrow
          : (!narrow || narrow.has(permission)) && permissionsOf(role, platformRoles).has(permission),
    };
  }
}
