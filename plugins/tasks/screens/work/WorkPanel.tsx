import { Form, type JsonSchema, Notice, Problem, SidePanel, useMe, type Values } from '@task-connect/console';
import { useTask, useTasks, type WorkLog } from '../queries.ts';
import { t } from '../t.ts';
import { useChangeWork, useLogWork } from '../work-queries.ts';
import { patchOfWork, spanOfWork, valuesOfWork } from './work-values.ts';

/** Adds a stretch of work, or changes one. */
export function WorkPanel({ log, day, onClose }: { log: WorkLog | undefined; day: string; onClose(): void }) {
  const { id, zone } = useMe();
  const tasks = useTasks({
    status: 'open,active,waiting',
    project: null,
    assignee: id,
    text: '',
    sort: 'due',
    limit: 200,
  });
  const own = useTask(log?.task ?? undefined);
  const add = useLogWork();
  const change = useChangeWork();
  const meanwhile = change.problem?.status === 412;
  const known = [...(own.data ? [own.data] : []), ...(tasks.data ?? []).filter((task) => task.id !== own.data?.id)];

  const save = async (values: Values) => {
    const task = (values.task as string | null) || null;
    const note = (values.note as string | null) ?? '';
    const saved = log
      ? await change.run({ log, patch: patchOfWork(log, values, zone) })
      : await add.run({ task, note, ...spanOfWork(values, zone) });
    if (saved) onClose();
    return saved;
  };
  return (
    <SidePanel title={log ? t('Change the time') : t('Add time')} onClose={onClose}>
      {meanwhile && (
        <Notice kind="warn" title={t('This time was changed while you wrote.')}>
          <p>{t('What you typed is kept; everything else is as it is now. Save again to keep yours.')}</p>
        </Notice>
      )}
      <Problem problem={tasks.problem} retry={tasks.refresh} />
      {tasks.data && (!log?.task || own.data || own.problem) && (
        <Form
          schema={schemaOf(known)}
          values={log ? valuesOfWork(log, zone) : { day, from: null, to: null, task: null, note: null }}
          problem={meanwhile ? undefined : (change.problem ?? add.problem)}
          busy={change.busy || add.busy}
          save={log ? t('Save') : t('Add')}
          onSave={save}
        />
      )}
    </SidePanel>
  );
}

const schemaOf = (tasks: readonly { id: string; title: string }[]): JsonSchema => ({
  type: 'object',
  required: ['day', 'from', 'to'],
  properties: {
    day: { title: t('Day'), type: 'string', format: 'date', minLength: 1 },
    from: { title: t('From'), type: 'string', format: 'time', minLength: 1 },
    to: {
      title: t('To'),
      description: t('Not after the start: it is of the next day.'),
      type: 'string',
      format: 'time',
      minLength: 1,
    },
    task: {
      title: t('Task'),
      type: 'string',
      enum: tasks.map(({ id }) => id),
      titles: Object.fromEntries(tasks.map(({ id, title }) => [id, title])),
    },
    note: { title: t('Note'), type: 'string', maxLength: 2000 },
  },
});
