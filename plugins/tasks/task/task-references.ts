import { InvalidInput } from '@task-connect/sdk';
import type { TasksContext } from '../contract.ts';
import { projectForTasks } from '../project/project-table.ts';
import { makeTree, treeFaultDetail } from '../tree/tree-table.ts';

export const taskTree = makeTree('task');

type References = { project?: string | null; parent?: string | null; assignee?: string | null };
type Fault = { pointer: string; detail: string };

/**
 * Refuses a project, parent or assignee that is not there, all faults at once; `below` is where they stand in the
 * input. What is of another organisation is as unknown as what is nowhere. A parent is asked for each of `children`,
 * a new task being null.
 */
export async function checkReferences(
  context: TasksContext,
  { project, parent, assignee }: References,
  children: readonly (string | null)[],
  below = '',
): Promise<void> {
  const { tx, people, actor } = context;
  const faults: Fault[] = [];

  if (project) {
    const found = await projectForTasks(tx, actor.organisation, project);
    const at = { pointer: `${below}/project` };
    if (!found) faults.push({ ...at, detail: 'There is no such project in this organisation.' });
    else if (found.archived_at !== null) {
      faults.push({
        ...at,
        detail: `“${found.name}” is archived; take it out of the archive first, or choose another.`,
      });
    }
  }
  if (parent) {
    for (const child of children) {
      const fault = await taskTree.faultOf(tx, actor.organisation, parent, child);
      if (!fault) continue;
      faults.push({ pointer: `${below}/parent`, detail: treeFaultDetail('task', fault) });
      break;
    }
  }
  if (assignee && !(await people.members(actor.organisation)).some(({ person }) => person === assignee)) {
    faults.push({ pointer: `${below}/assignee`, detail: 'This person is no member of the organisation.' });
  }
  if (faults.length > 0) throw new InvalidInput({ errors: faults });
}
