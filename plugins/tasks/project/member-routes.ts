import { InvalidInput, notFound } from '@task-connect/sdk';
import { type TasksContext, tasks } from '../contract.ts';
import { NewProjectMember, ProjectMembers } from './member.ts';
import { addMember, membersOf, removeMember } from './member-table.ts';
import { hintProject, projectFacts } from './project-facts.ts';
import { findProject } from './project-table.ts';

async function projectOf({ tx, actor }: TasksContext, id: string) {
  return (await findProject(tx, actor.organisation, id)) ?? notFound('project', id);
}

/** Who belongs to the project and still to the organisation. */
async function shown({ tx, actor, people }: TasksContext, project: string) {
  const members = await membersOf(tx, actor.organisation, project);
  const here = new Set((await people.members(actor.organisation)).map(({ person }) => person));
  const contacts = await people.contact(members.map(({ person }) => person));
  const names = new Map(contacts.map(({ person, name }) => [person, name]));
  return {
    items: members
      .filter(({ person }) => here.has(person))
      .map((member) => ({ ...member, name: names.get(member.person) ?? '' })),
  };
}

export const listMembers = tasks.route({
  method: 'GET',
  path: '/projects/:projectId/members',
  summary: 'List who belongs to a project',
  permission: 'tasks:read',
  returns: ProjectMembers,
  async handle({ params }, context) {
    return shown(context, (await projectOf(context, params.projectId)).id);
  },
});

export const addProjectMember = tasks.route({
  method: 'POST',
  path: '/projects/:projectId/members',
  summary: 'Add somebody to a project',
  description: 'Who is in it already stays in it.',
  permission: 'projects:write',
  body: NewProjectMember,
  returns: ProjectMembers,
  async handle({ params, body: { person }, actor }, context) {
    const { tx, people, publish, clock } = context;
    const project = await projectOf(context, params.projectId);
    if (!(await people.members(actor.organisation)).some((member) => member.person === person)) {
      const detail = 'This person is no member of the organisation.';
      throw new InvalidInput({ errors: [{ pointer: '/person', detail }] });
    }
    if (await addMember(tx, clock.now().toString(), actor.organisation, project.id, person)) {
      await publish('project.updated', { ...projectFacts(project), changed: ['members'] });
      await hintProject(context, project.id);
    }
    return shown(context, project.id);
  },
});

export const removeProjectMember = tasks.route({
  method: 'DELETE',
  path: '/projects/:projectId/members/:personId',
  summary: 'Take somebody out of a project',
  permission: 'projects:write',
  returns: ProjectMembers,
  async handle({ params, actor }, context) {
    const { tx, publish } = context;
    const project = await projectOf(context, params.projectId);
    if (!(await removeMember(tx, actor.organisation, project.id, params.personId)))
      notFound('member of the project', params.personId);
    await publish('project.updated', { ...projectFacts(project), changed: ['members'] });
    await hintProject(context, project.id);
    return shown(context, project.id);
  },
});
