import { declareProblem } from '@task-connect/sdk';

export const ProjectNotEmpty = declareProblem({
  type: 'tasks/project-not-empty',
  status: 409,
  title: 'The project is not empty',
  detail: (f: { name: string; tasks: number; projects: number }) =>
    `“${f.name}” still holds ${held(f)}. Move or delete them first, or put the project into the archive.`,
});

function held({ tasks, projects }: { tasks: number; projects: number }): string {
  const parts = [];
  if (tasks > 0) parts.push(tasks === 1 ? '1 task' : `${tasks} tasks`);
  if (projects > 0) parts.push(projects === 1 ? '1 project' : `${projects} projects`);
  return parts.join(' and ');
}
