import { Button, Menu, Problem, toast, useMembers } from '@task-connect/console';
import { type BulkChange, type Task, useChangeTasks, useProjects } from './queries.ts';
import { statuses, statusTitles } from './status-title.ts';
import { t } from './t.ts';

/** What can be done with the chosen tasks; each has an undo. */
export function TaskBulk({ tasks, onDone }: { tasks: readonly Task[]; onDone(): void }) {
  const change = useChangeTasks();
  const projects = useProjects() ?? [];
  const members = useMembers() ?? [];
  const apply = async (to: BulkChange) => {
    if (!(await change.run({ ids: tasks.map(({ id }) => id), change: to }))) return;
    onDone();
    toast({
      text: t({ one: 'One task changed', other: '{count} tasks changed' }, { count: tasks.length }),
      undo: () => void takeBack(tasks, to, change.run),
    });
  };
  return (
    <>
      <Button size="compact-sm" onClick={() => void apply({ status: 'done' })}>
        {t('Done')}
      </Button>
      <Choose
        title={t('Status')}
        options={statuses.map((status) => ({ value: status, title: statusTitles[status] }))}
        onChoose={(status) => void apply({ status })}
      />
      <Choose
        title={t('Person')}
        options={[
          { value: null, title: t('Nobody') },
          ...members.map(({ person, name }) => ({ value: person, title: name })),
        ]}
        onChoose={(assignee) => void apply({ assignee })}
      />
      {projects.length > 0 && (
        <Choose
          title={t('Project')}
          options={[{ value: null, title: t('None') }, ...projects.map(({ id, name }) => ({ value: id, title: name }))]}
          onChoose={(project) => void apply({ project })}
        />
      )}
      <Problem problem={change.problem} />
    </>
  );
}

// Each kind of value that was there before is put back in one go.
async function takeBack(tasks: readonly Task[], changed: BulkChange, run: ReturnType<typeof useChangeTasks>['run']) {
  const field = Object.keys(changed)[0] as 'status' | 'assignee' | 'project';
  for (const [value, group] of Map.groupBy(tasks, (task) => task[field])) {
    await run({ ids: group.map(({ id }) => id), change: { [field]: value } });
  }
}

type ChooseProps<Value> = {
  title: string;
  options: readonly { value: Value; title: string }[];
  onChoose(value: Value): void;
};

function Choose<Value extends string | null>({ title, options, onChoose }: ChooseProps<Value>) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="compact-sm">{title}…</Button>
      </Menu.Target>
      <Menu.Dropdown mah={360}>
        {options.map((option) => (
          <Menu.Item key={option.value} onClick={() => onChoose(option.value)}>
            {option.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
