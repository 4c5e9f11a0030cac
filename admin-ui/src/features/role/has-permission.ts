import type { Permission, RoleMatrix } from './queries.ts';

/** Whether a role has a permission: its own, and those of the roles below it. */
export function hasPermission(matrix: RoleMatrix, role: string, { from }: Pick<Permission, 'from'>): boolean {
  const ranks: readonly string[] = matrix.organisationRoles;
  return ranks.includes(role) ? ranks.includes(from) && ranks.indexOf(role) >= ranks.indexOf(from) : role === from;
}

/** Those whose title, name or plugin has the words. */
export const matching = (permissions: readonly Permission[], words: string): Permission[] => {
  const wanted = words.trim().toLowerCase();
  return permissions.filter(({ title, name, pluginTitle }) =>
    `${title} ${name} ${pluginTitle}`.toLowerCase().includes(wanted),
  );
};
