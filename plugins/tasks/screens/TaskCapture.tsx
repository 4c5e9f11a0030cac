import { Capture, durationText, Problem, useMe, usePermission, useTimeStyle } from '@task-connect/console';
import { type TaskDraft, useAddTask } from './queries.ts';
import { understand } from './quick-add.ts';
import { t } from './t.ts';
import { whenText } from './when-text.ts';

/** The line for new tasks; `given` is what each of them gets besides, such as the project that is shown. */
export function TaskCapture({ given = {} }: { given?: Partial<TaskDraft> }) {
  const { zone } = useMe();
  const style = useTimeStyle();
  const add = useAddTask();
  const mayWrite = usePermission('tasks:write');
  if (!mayWrite) return null;
  const read = (text: string) => understand(text, style.now.toZonedDateTimeISO(zone));
  return (
    <>
      <Capture
        label={t('Add a task')}
        example={t('call Tamblyn about legs thu 9:00 30m #harbour')}
        understood={(text) => {
          const { due, estimateMinutes, labels, priority } = read(text);
          return [
            due && t('due {when}', { when: whenText(due, style) }),
            estimateMinutes && durationText(estimateMinutes * 60),
            ...labels.map((label) => `#${label}`),
            priority !== 'none' && t('{priority} priority', { priority }),
          ]
            .filter(Boolean)
            .join(' · ');
        }}
        onAdd={async (text) => {
          const understood = read(text);
          // On Today a task is due today unless another day was typed.
          const draft = { ...given, ...understood, due: understood.due ?? given.due ?? null };
          return (await add.run(draft)) !== undefined;
        }}
      />
      <Problem problem={add.problem} />
    </>
  );
}
