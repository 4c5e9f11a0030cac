import type { TasksContext } from '../contract.ts';
import { addMember } from '../project/member-table.ts';
import { NewProject } from '../project/project.ts';
import { hintProject, projectFacts } from '../project/project-facts.ts';
import { insertProject } from '../project/project-table.ts';
import { newTaskValues } from '../task/new-task.ts';
import { NewTask } from '../task/task.ts';
import { hintTask, taskFacts } from '../task/task-facts.ts';
import { taskTree } from '../task/task-references.ts';
import { acting } from '../task/task-routes.ts';
import { insertTask } from '../task/task-table.ts';
import { columnsOfWhen, whenOfColumns } from '../task/when.ts';
import { deepest } from '../tree/tree-table.ts';
import { type Draft, type Drafts, makeKeys } from './drafts.ts';
import type { ImportedTask, ImportReport } from './import.ts';
import { importedProjects, importedTasks, markImported, projectsNamed } from './import-table.ts';

type Options = { project: string | null; preview: boolean };
type Checked = { draft: Draft; task: NewTask };

/** Takes drafts in, each once however often the file comes; with `preview` it only says what would come of them. */
export async function takeIn(
  context: TasksContext,
  { drafts, projects, faults }: Drafts,
  { project: into, preview }: Options,
): Promise<Omit<ImportReport, 'preview' | 'encoding' | 'columns'>> {
  const { tx, actor } = context;
  // Two who send one file at once take turns, and nothing else is moved in the tree meanwhile.
  if (!preview) await taskTree.lock(tx, actor.organisation);
  const found = [...faults];
  const checked = drafts.flatMap((draft): Checked[] => {
    const { data: task, error } = NewTask.safeParse(draft.task);
    if (task) return [{ draft, task }];
    const [issue] = error.issues;
    found.push({ row: draft.row, detail: `${issue!.path.join('.')}: ${issue!.message}`, skipped: true });
    return [];
  });
  const keys = checked.map(({ draft }) => keyIn(draft, into));
  const ids = await importedTasks(tx, actor.organisation, keys);
  const known = new Set(ids.keys());
  const wanted = projects.filter((name) => NewProject.shape.name.safeParse(name).success);
  const places = await placesOf(context, wanted, { project: into, preview });

  for (const { draft, task } of preview ? [] : checked) {
    const key = keyIn(draft, into);
    if (known.has(key)) continue;
    const parent = draft.parent && draft.depth < deepest ? ids.get(keyIn(draft.parent, into)) : undefined;
    const place = (draft.project && places.ids.get(draft.project)) || into;
    const values = newTaskValues({ ...task, parent: parent ?? null, project: place }, acting(context));
    const row = await insertTask(tx, actor.organisation, { ...values, import_key: key });
    ids.set(key, row.id);
    await context.publish('task.created', taskFacts(row));
  }
  const [first] = ids.values();
  if (!preview && first) await hintTask(context, first);
  return {
    projectsMade: places.made,
    tasksMade: checked.length - known.size,
    tasksKnown: known.size,
    faults: found.sort((a, b) => a.row - b.row),
    tasks: checked.slice(0, 100).map((each) => shown(each, actor.zone, known.has(keyIn(each.draft, into)))),
  };
}

/** The same file may be taken in for another project. */
const keyIn = (draft: Draft, into: string | null): string => (into === null ? draft.key : `${into} ${draft.key}`);

/** The projects of these names: those that came in earlier, those that are there, or new ones. */
async function placesOf(context: TasksContext, names: string[], { project: into, preview }: Options) {
  const { tx, actor, publish, clock } = context;
  const keys = new Map(names.map((name) => [name, makeKeys()('project', into, name)]));
  const imported = await importedProjects(tx, actor.organisation, [...keys.values()]);
  const ids = await projectsNamed(tx, actor.organisation, into, names);
  for (const [name, key] of keys) if (imported.has(key)) ids.set(name, imported.get(key)!);
  const missing = names.filter((name) => !ids.has(name));
  for (const name of preview ? [] : missing) {
    const now = clock.now().toString();
    const row = await insertProject(tx, [actor.organisation, name, '', into, actor.person, now]);
    await markImported(tx, actor.organisation, row.id, keys.get(name)!);
    await addMember(tx, now, actor.organisation, row.id, actor.person);
    await publish('project.created', projectFacts(row));
    await hintProject(context, row.id);
    ids.set(name, row.id);
  }
  return { ids, made: missing.length };
}

const shown = ({ draft, task }: Checked, zone: string, known: boolean): ImportedTask => ({
  row: draft.row,
  title: task.title,
  notes: task.notes,
  priority: task.priority,
  due: whenOfColumns(columnsOfWhen(task.due, zone)),
  recurrence: task.recurrence,
  labels: task.labels,
  project: draft.project,
  depth: draft.depth,
  known,
});
