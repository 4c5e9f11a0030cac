import {
  ActionIcon,
  Button,
  clockTime,
  dayText,
  Icon,
  Problem,
  Section,
  TextInput,
  type TimeStyle,
  toast,
  usePermission,
  useTimeStyle,
} from '@task-connect/console';
import { useState } from 'react';
import type { Task } from '../queries.ts';
import { t } from '../t.ts';
import { nextFree } from './next-free.ts';
import css from './panel.module.css';
import { type PlannedBlock, useBlocksOfTask, usePlanTask, useRemoveBlock } from './panel-queries.ts';

/** When one means to work on a task. */
export function TaskPlan({ task }: { task: Task }) {
  const style = useTimeStyle();
  const { data } = useBlocksOfTask(task.id);
  const plan = usePlanTask();
  const remove = useRemoveBlock();
  const mayWrite = usePermission('tasks:write');
  const take = async (block: PlannedBlock) => {
    if (!(await remove.run(block))) return;
    const { startsAt, endsAt, person, zone } = block;
    toast({
      text: t('The plan for {when} is deleted', { when: spanText(block, style) }),
      undo: () => void plan.run({ task: task.id, block: { startsAt, endsAt, person, zone } }),
    });
  };
  return (
    <Section title={t('Planned')} className={css.part}>
      <ul className={css.steps}>
        {data?.items.map((block) => (
          <li key={block.id}>
            <span>{spanText(block, style)}</span>
            {mayWrite && (
              <ActionIcon
                aria-label={t('Delete the plan for {when}', { when: spanText(block, style) })}
                onClick={() => void take(block)}
              >
                <Icon name="x" size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <Problem problem={plan.problem ?? remove.problem} />
      {mayWrite && <PlanForm task={task} onPlan={(block) => plan.run({ task: task.id, block })} />}
    </Section>
  );
}

type PlanFormProps = {
  task: Task;
  onPlan(block: { startsAt: string; endsAt: string; zone: string }): Promise<unknown>;
};

function PlanForm({ task, onPlan }: PlanFormProps) {
  const { now, zone } = useTimeStyle();
  const [start, setStart] = useState(() => nextFree(now.toZonedDateTimeISO(zone)));
  const [minutes, setMinutes] = useState(task.estimateMinutes ?? 60);
  return (
    <form
      className={css.plan}
      onSubmit={(event) => {
        event.preventDefault();
        const at = Temporal.PlainDateTime.from(start).toZonedDateTime(zone);
        const block = { startsAt: at.toInstant().toString(), endsAt: at.add({ minutes }).toInstant().toString(), zone };
        void onPlan(block);
      }}
    >
      <TextInput
        type="datetime-local"
        aria-label={t('From')}
        value={start}
        onChange={({ currentTarget }) => currentTarget.value && setStart(currentTarget.value)}
      />
      <TextInput
        type="number"
        aria-label={t('Minutes')}
        min={5}
        max={1440}
        value={String(minutes)}
        onChange={({ currentTarget }) => setMinutes(Math.min(1440, Math.max(1, Number(currentTarget.value) || 1)))}
      />
      <Button type="submit">{t('Plan')}</Button>
    </form>
  );
}

function spanText({ startsAt, endsAt }: PlannedBlock, style: TimeStyle): string {
  const [from, to] = [Temporal.Instant.from(startsAt), Temporal.Instant.from(endsAt)];
  const day = dayText(from.toZonedDateTimeISO(style.zone).toPlainDate(), style);
  return `${day} ${clockTime(from, style)}–${clockTime(to, style)}`;
}
