import { api, editItems, editOf, useApi, useChange } from '@task-connect/console';
import type { NewProject, Project, ProjectPatch } from '../../project/project.ts';

export type { NewProject, Project, ProjectPatch };

const projects = '/api/projects';
const live = ['project-changed'];

/** All projects, those of the archive too when they are wanted. */
export const useAllProjects = (archived: boolean) =>
  useApi<{ items: Project[]; total?: number }>(projects, {
    query: { limit: 200, ...(archived ? {} : { archived: false }) },
    live,
  });

export const useProject = (id: string | undefined) => useApi<Project>(id ? `${projects}/${id}` : null, { live });

export const useAddProject = () =>
  useChange({
    send: (project: Partial<NewProject> & { name: string }) => api.post<Project>(projects, project),
    refreshes: [projects],
  });

/** Changes a project, on the screen in the same frame; a change of somebody else in between is a 412. */
export const useChangeProject = () =>
  useChange({
    send: ({ project, patch }: { project: Project; patch: ProjectPatch }) =>
      api.patch<Project>(`${projects}/${project.id}`, patch, { version: project.version }),
    edits: ({ project, patch }) => [
      editItems<Project>(projects, (items) =>
        items.map((one) => (one.id === project.id ? ({ ...one, ...patch } as Project) : one)),
      ),
      editOf<Project>(`${projects}/${project.id}`, (one) => ({ ...one, ...(patch as Partial<Project>) })),
    ],
    refreshes: [projects],
  });

export const useDeleteProject = () =>
  useChange({
    send: async (project: Project) => {
      await api.delete(`${projects}/${project.id}`, { version: project.version });
      return true;
    },
    refreshes: [projects],
  });
