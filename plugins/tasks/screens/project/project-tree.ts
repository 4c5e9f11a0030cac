import type { Project } from './project-queries.ts';

export type Branch = Project & { children: Branch[] };

/** Projects as they lie in one another, by name; one whose parent is not there stands on top. */
export function treeOf(projects: readonly Project[]): Branch[] {
  const branches = new Map(projects.map((project) => [project.id, { ...project, children: [] as Branch[] }]));
  const top: Branch[] = [];
  for (const branch of branches.values()) {
    const parent = branch.parent === null ? undefined : branches.get(branch.parent);
    (parent?.children ?? top).push(branch);
  }
  return top;
}

/** From the topmost down to the one above. */
export function above(projects: readonly Project[], project: Project): Project[] {
  const found: Project[] = [];
  let parent = project.parent;
  while (parent !== null && found.length < projects.length) {
    const next = projects.find((one) => one.id === parent);
    if (!next) break;
    found.unshift(next);
    parent = next.parent;
  }
  return found;
}

/** A project with all that lies in it. */
export function withBelow(projects: readonly Project[], id: string): Set<string> {
  const found = new Set([id]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const project of projects) if (project.parent !== null && found.has(project.parent)) found.add(project.id);
  }
  return found;
}
