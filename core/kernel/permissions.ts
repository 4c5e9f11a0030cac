import { type OrganisationRole, organisationRoles } from '@task-connect/sdk';
import { pluginsOf, type Registry } from './registry.ts';

const cached = new WeakMap<Registry, Map<string, ReadonlySet<string>>>();

/** The permissions that plugins which are on, here or elsewhere, give to a role; a role has those of the lower ones. */
export function permissionsOf(
  registry: Registry,
  role: OrganisationRole,
  platformRoles: readonly string[],
): ReadonlySet<string> {
  const key = `${role} ${platformRoles.join(' ')}`;
  const ofRegistry = cached.get(registry) ?? new Map<string, ReadonlySet<string>>();
  cached.set(registry, ofRegistry);
  const found = ofRegistry.get(key);
  if (found) return found;
  const rank = organisationRoles.indexOf(role);
  const names = pluginsOf(registry).flatMap(({ plugin }) =>
    Object.entries(plugin.contract.permissions ?? {})
      .filter(([, permission]) =>
        'role' in permission
          ? organisationRoles.indexOf(permission.role) <= rank
          : platformRoles.includes(permission.platformRole),
      )
      .map(([name]) => name),
  );
  const set = new Set(names);
  ofRegistry.set(key, set);
  return set;
}
