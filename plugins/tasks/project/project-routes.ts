import { checkVersion, InvalidInput, notFound } from '@task-connect/sdk';
import { type TasksContext, tasks } from '../contract.ts';
import { makeTree, treeFaultDetail } from '../tree/tree-table.ts';
import { changedProject } from './change-project.ts';
import { addMember } from './member-table.ts';
import { NewProject, Project, ProjectPage, ProjectPatch, ProjectQuery } from './project.ts';
import { hintProject, projectFacts } from './project-facts.ts';
import { ProjectNotEmpty } from './project-problems.ts';
import {
  deleteProject,
  findProject,
  insertProject,
  lockProject,
  projectPage,
  projectToDelete,
  toProject,
  updateProject,
} from './project-table.ts';

const projectTree = makeTree('project');

async function checkParent({ tx, actor }: TasksContext, parent: string, child: string | null): Promise<void> {
  const fault = await projectTree.faultOf(tx, actor.organisation, parent, child);
  if (fault) throw new InvalidInput({ errors: [{ pointer: '/parent', detail: treeFaultDetail('project', fault) }] });
}

export const listProjects = tasks.route({
  method: 'GET',
  path: '/projects',
  summary: 'List projects by name',
  permission: 'tasks:read',
  query: ProjectQuery,
  returns: ProjectPage,
  handle: ({ query, actor }, { tx }) => projectPage(tx, actor.organisation, query),
});

export const createProject = tasks.route({
  method: 'POST',
  path: '/projects',
  summary: 'Add a project',
  permission: 'projects:write',
  body: NewProject,
  status: 201,
  returns: Project,
  async handle({ body, actor }, context) {
    const { tx, publish, clock } = context;
    if (body.parent) {
      await projectTree.lock(tx, actor.organisation);
      await checkParent(context, body.parent, null);
    }
    const now = clock.now().toString();
    const row = await insertProject(tx, [actor.organisation, body.name, body.notes, body.parent, actor.person, now]);
    await addMember(tx, now, actor.organisation, row.id, actor.person);
    await publish('project.created', projectFacts(row));
    await hintProject(context, row.id);
    return toProject(row);
  },
});

export const getProject = tasks.route({
  method: 'GET',
  path: '/projects/:projectId',
  summary: 'Get a project',
  permission: 'tasks:read',
  returns: Project,
  async handle({ params, actor }, { tx }) {
    const row = await findProject(tx, actor.organisation, params.projectId);
    return toProject(row ?? notFound('project', params.projectId));
  },
});

export const changeProject = tasks.route({
  method: 'PATCH',
  path: '/projects/:projectId',
  summary: 'Change a project',
  description: 'What is absent stays as it is; null clears.',
  permission: 'projects:write',
  body: ProjectPatch,
  returns: Project,
  async handle({ params, body, actor, ifMatch }, context) {
    const { tx, publish, clock } = context;
    if (body.parent) await projectTree.lock(tx, actor.organisation);
    const before = await lockProject(tx, actor.organisation, params.projectId);
    if (!before) notFound('project', params.projectId);
    checkVersion('project', ifMatch, before.version);
    const { row, changed } = changedProject(before, body, clock.now());
    if (changed.length === 0) return toProject(before);
    if (body.parent && changed.includes('parent')) await checkParent(context, body.parent, before.id);
    const after = await updateProject(tx, actor.organisation, row);
    await publish('project.updated', { ...projectFacts(after), changed });
    await hintProject(context, after.id);
    return toProject(after);
  },
});

export const removeProject = tasks.route({
  method: 'DELETE',
  path: '/projects/:projectId',
  summary: 'Delete an empty project',
  permission: 'projects:write',
  async handle({ params, actor, ifMatch }, context) {
    const { tx, publish } = context;
    const found = await projectToDelete(tx, actor.organisation, params.projectId);
    if (!found) notFound('project', params.projectId);
    const { row, tasks, projects } = found;
    checkVersion('project', ifMatch, row.version);
    if (tasks + projects > 0) throw new ProjectNotEmpty({ name: row.name, tasks, projects });
    await deleteProject(tx, actor.organisation, row.id);
    await publish('project.deleted', projectFacts(row));
    await hintProject(context, row.id);
  },
});
