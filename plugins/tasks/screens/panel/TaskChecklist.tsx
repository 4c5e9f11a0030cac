import { ActionIcon, Checkbox, Icon, Problem, Section, TextInput, toast, usePermission } from '@task-connect/console';
import { useState } from 'react';
import type { Task } from '../queries.ts';
import { t } from '../t.ts';
import css from './panel.module.css';
import { type Step, useAddStep, useChangeStep, useRemoveStep } from './panel-queries.ts';

/** The steps of a task that are too small to be tasks themselves. */
export function TaskChecklist({ task }: { task: Task }) {
  const [text, setText] = useState('');
  const add = useAddStep();
  const change = useChangeStep();
  const remove = useRemoveStep();
  const mayWrite = usePermission('tasks:write');
  const steps = task.checklist;
  const done = steps.filter((step) => step.done).length;

  const take = async (step: Step) => {
    if (!(await remove.run({ task, step }))) return;
    toast({ text: t('“{step}” deleted', { step: step.text }), undo: () => void add.run({ task, text: step.text }) });
  };
  return (
    <Section
      title={t('Steps')}
      className={css.part}
      note={steps.length > 0 ? t('{done} of {total}', { done, total: steps.length }) : undefined}
    >
      <ul className={css.steps}>
        {steps.map((step) => (
          <li key={step.id}>
            <Checkbox
              label={step.text}
              checked={step.done}
              disabled={!mayWrite}
              onChange={() => void change.run({ task, step, patch: { done: !step.done } })}
            />
            {mayWrite && (
              <ActionIcon aria-label={t('Delete “{step}”', { step: step.text })} onClick={() => void take(step)}>
                <Icon name="x" size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <Problem problem={add.problem ?? change.problem ?? remove.problem} />
      {mayWrite && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const given = text.trim();
            if (given === '') return;
            setText('');
            void add.run({ task, text: given }).then((added) => added ?? setText(given));
          }}
        >
          <TextInput
            aria-label={t('Add a step')}
            placeholder={t('Add a step')}
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </form>
      )}
    </Section>
  );
}
