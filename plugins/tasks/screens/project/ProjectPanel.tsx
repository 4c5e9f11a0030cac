import { Form, type JsonSchema, Notice, SidePanel, type Values } from '@task-connect/console';
import { t } from '../t.ts';
import { type Project, type ProjectPatch, useAddProject, useChangeProject } from './project-queries.ts';

type ProjectPanelProps = {
  /** Undefined for a new one. */
  project: Project | undefined;
  /** Where a new one begins to lie. */
  parent: string | null;
  projects: readonly Project[];
  onClose(): void;
  onSaved(project: Project): void;
};

const schemaOf = (projects: readonly Project[]): JsonSchema => ({
  type: 'object',
  required: ['name'],
  properties: {
    name: { title: t('Name'), type: 'string', minLength: 1, maxLength: 200 },
    parent: {
      title: t('Lies in'),
      description: t('What lies in it comes along.'),
      type: 'string',
      enum: projects.map(({ id }) => id),
      titles: Object.fromEntries(projects.map(({ id, name }) => [id, name])),
    },
    notes: { title: t('Notes'), type: 'string', maxLength: 20_000 },
  },
});

/** Makes a project, or renames and moves one; that it cannot lie in itself the server says at its field. */
export function ProjectPanel({ project, parent, projects, onClose, onSaved }: ProjectPanelProps) {
  const add = useAddProject();
  const change = useChangeProject();
  const meanwhile = change.problem?.status === 412;
  const values: Values = project
    ? { name: project.name, parent: project.parent, notes: project.notes || null }
    : { name: '', parent, notes: null };
  const others = projects.filter((one) => one.id !== project?.id && (!one.archived || one.id === project?.parent));

  const save = async (given: Values) => {
    const body = {
      name: String(given.name),
      parent: (given.parent as string | null) || null,
      notes: String(given.notes ?? ''),
    };
    const saved = project ? await change.run({ project, patch: differing(project, body) }) : await add.run(body);
    if (saved) onSaved(saved);
    return saved;
  };
  return (
    <SidePanel
      title={project ? t('Change “{project}”', { project: project.name }) : t('New project')}
      onClose={onClose}
    >
      {meanwhile && (
        <Notice kind="warn" title={t('This project was changed while you wrote.')}>
          <p>{t('What you typed is kept; everything else is as it is now. Save again to keep yours.')}</p>
        </Notice>
      )}
      <Form
        schema={schemaOf(others)}
        values={values}
        problem={meanwhile ? undefined : (change.problem ?? add.problem)}
        busy={change.busy || add.busy}
        save={project ? t('Save') : t('Add')}
        onSave={save}
      />
    </SidePanel>
  );
}

function differing(project: Project, given: { name: string; parent: string | null; notes: string }): ProjectPatch {
  const fields = (['name', 'parent', 'notes'] as const).filter((field) => given[field] !== project[field]);
  return Object.fromEntries(fields.map((field) => [field, given[field]]));
}
