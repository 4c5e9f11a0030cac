import {
  Button,
  confirm,
  DateTime,
  Form,
  Notice,
  Problem,
  SidePanel,
  SkeletonRows,
  useMe,
  useMembers,
  usePermission,
} from '@task-connect/console';
import { useState } from 'react';
import { TaskChecklist } from './panel/TaskChecklist.tsx';
import { TaskPlan } from './panel/TaskPlan.tsx';
import { TaskReminders } from './panel/TaskReminders.tsx';
import { TaskRepeat } from './panel/TaskRepeat.tsx';
import { type Task, useChangeTask, useDeleteTask, useProjects, useTask } from './queries.ts';
import { TaskTime } from './TaskTime.tsx';
import { t } from './t.ts';
import { taskSchema } from './task-schema.ts';
import { patchOf, valuesOf } from './task-values.ts';

/** One task, to be read and changed, beside the list. */
export function TaskPanel({ id, onClose }: { id: string; onClose(): void }) {
  const { data: task, problem, refresh } = useTask(id);
  const [savedAt, setSavedAt] = useState<string>();
  return (
    <SidePanel
      title={task?.title ?? t('Task')}
      note={savedAt && t.rich('Saved {when}', { when: <DateTime at={savedAt} /> })}
      onClose={onClose}
    >
      <Problem problem={problem} retry={refresh} />
      {!task && !problem && <SkeletonRows rows={6} />}
      {task && (
        <TaskForm
          task={task}
          onSaved={() => setSavedAt(Temporal.Now.instant().toString())}
          onChangedMeanwhile={refresh}
          onDeleted={onClose}
        />
      )}
    </SidePanel>
  );
}

type TaskFormProps = { task: Task; onSaved(): void; onChangedMeanwhile(): void; onDeleted(): void };

function TaskForm({ task, onSaved, onChangedMeanwhile, onDeleted }: TaskFormProps) {
  const { zone } = useMe();
  const projects = useProjects();
  const members = useMembers();
  const change = useChangeTask();
  const remove = useDeleteTask();
  const mayWrite = usePermission('tasks:write');
  const meanwhile = change.problem?.status === 412;
  if (!projects || !members) return <SkeletonRows rows={6} />;

  const ask = async () => {
    const yes = await confirm({
      title: t('Delete “{task}”?', { task: task.title }),
      consequences: [
        t('It cannot be brought back.'),
        t('Its subtasks move up to where it was.'),
        t('The time spent on it stays, without a task.'),
      ],
      keep: t('Keep it'),
      act: t('Delete'),
      danger: true,
    });
    if (yes && (await remove.run(task))) onDeleted();
  };
  return (
    <>
      {meanwhile && (
        <Notice kind="warn" title={t('This task was changed while you wrote.')}>
          <p>{t('What you typed is kept; everything else is as it is now. Save again to keep yours.')}</p>
        </Notice>
      )}
      <Form
        schema={taskSchema({ projects, members })}
        values={valuesOf(task, zone)}
        problem={meanwhile ? undefined : change.problem}
        busy={change.busy || !mayWrite}
        onSave={async (values) => {
          const saved = await change.run({ task, patch: patchOf(task, values, zone) });
          if (saved) onSaved();
          else onChangedMeanwhile();
          return saved;
        }}
      />
      <TaskChecklist task={task} />
      <TaskRepeat task={task} />
      <TaskReminders task={task} />
      <TaskPlan task={task} />
      <TaskTime task={task} />
      <Problem problem={remove.problem} />
      {mayWrite && (
        <Button mt="lg" c="var(--bad)" onClick={() => void ask()}>
          {t('Delete…')}
        </Button>
      )}
    </>
  );
}
