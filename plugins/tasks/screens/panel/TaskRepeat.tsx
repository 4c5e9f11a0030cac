import {
  api,
  Button,
  NumberInput,
  Problem,
  Section,
  Select,
  useMe,
  usePermission,
  useTimeStyle,
} from '@task-connect/console';
import { useEffect, useState } from 'react';
import type { Preview } from '../../recurrence/recurrence.ts';
import { type Task, useChangeTask } from '../queries.ts';
import { t } from '../t.ts';
import { dayOf, whenText } from '../when-text.ts';
import css from './panel.module.css';
import { draftOf, type RepeatDraft, ruleOf, weekdays } from './repeat-draft.ts';
import { repeatText, weekdayTitle } from './repeat-text.ts';

/** How a task repeats; the dates that a rule gives are shown before it is saved. */
export function TaskRepeat({ task }: { task: Task }) {
  const { locale } = useTimeStyle();
  const [open, setOpen] = useState(false);
  const mayWrite = usePermission('tasks:write');
  const says = task.recurrence && repeatText(task.recurrence.rule, locale);
  return (
    <Section title={t('Repeats')} className={css.part} note={says ?? t('never')}>
      {task.recurrence?.from === 'completion' && <p className={css.quiet}>{t('Counted from the day it was done.')}</p>}
      {mayWrite && !open && (
        <Button size="compact-sm" mt={8} disabled={task.due === null} onClick={() => setOpen(true)}>
          {t('Change…')}
        </Button>
      )}
      {task.due === null && <p className={css.quiet}>{t('Give it a day first; the rule counts from there.')}</p>}
      {open && task.due && <RepeatForm task={task} due={task.due} onClose={() => setOpen(false)} />}
    </Section>
  );
}

type RepeatFormProps = { task: Task; due: NonNullable<Task['due']>; onClose(): void };

function RepeatForm({ task, due, onClose }: RepeatFormProps) {
  const { zone } = useMe();
  const { locale } = useTimeStyle();
  const day = dayOf(due, 'zone' in due ? due.zone : zone);
  const [draft, setDraft] = useState<RepeatDraft>(() => draftOf(task.recurrence, day));
  const change = useChangeTask();
  const set = (part: Partial<RepeatDraft>) => setDraft({ ...draft, ...part });
  const rule = ruleOf(draft, day);
  const save = async () => {
    const recurrence = rule === undefined ? null : { rule, from: draft.from };
    if (await change.run({ task, patch: { recurrence } as never })) onClose();
  };
  return (
    <div className={css.form}>
      <Select
        label={t('How often')}
        value={draft.freq}
        allowDeselect={false}
        data={[
          { value: 'NONE', label: t('Never') },
          { value: 'DAILY', label: t('By days') },
          { value: 'WEEKLY', label: t('By weeks') },
          { value: 'MONTHLY', label: t('By months') },
          { value: 'YEARLY', label: t('By years') },
          ...(draft.own ? [{ value: 'OWN', label: draft.own }] : []),
        ]}
        onChange={(freq) => set({ freq: (freq ?? 'NONE') as RepeatDraft['freq'], skip: undefined })}
      />
      {draft.freq !== 'NONE' && draft.freq !== 'OWN' && (
        <NumberInput
          label={t('Every')}
          description={t('2 is every other one.')}
          min={1}
          max={999}
          value={draft.interval}
          onChange={(interval) => set({ interval: Math.max(1, Number(interval) || 1) })}
        />
      )}
      {draft.freq === 'WEEKLY' && (
        <fieldset className={css.days}>
          <legend>{t('On')}</legend>
          {weekdays.map((one) => (
            <label key={one}>
              <input
                type="checkbox"
                checked={draft.days.includes(one)}
                onChange={({ target }) =>
                  set({ days: target.checked ? [...draft.days, one] : draft.days.filter((each) => each !== one) })
                }
              />
              {weekdayTitle(one, locale)}
            </label>
          ))}
        </fieldset>
      )}
      {draft.freq === 'MONTHLY' && (
        <Select
          label={t('On')}
          value={draft.month}
          allowDeselect={false}
          data={[
            { value: 'day', label: t('Day {day}', { day: day.day }) },
            { value: 'last', label: t('The last day') },
            { value: 'weekday', label: day.toLocaleString(locale, { weekday: 'long' }) },
          ]}
          onChange={(month) => set({ month: (month ?? 'day') as RepeatDraft['month'], skip: undefined })}
        />
      )}
      {draft.freq !== 'NONE' && (
        <Select
          label={t('Counted from')}
          value={draft.from}
          allowDeselect={false}
          data={[
            { value: 'schedule', label: t('the calendar') },
            { value: 'completion', label: t('the day it was done') },
          ]}
          onChange={(from) => set({ from: (from ?? 'schedule') as RepeatDraft['from'] })}
        />
      )}
      {rule !== undefined && (
        <RepeatPreview
          rule={rule}
          from={draft.from}
          due={due}
          onChoose={(chosen) => setDraft(draftOf({ rule: chosen, from: draft.from }, day))}
        />
      )}
      <Problem problem={change.problem} />
      <div className={css.actions}>
        <Button variant="filled" disabled={change.busy} onClick={() => void save()}>
          {t('Save')}
        </Button>
        <Button onClick={onClose}>{t('Leave it')}</Button>
      </div>
    </div>
  );
}

type RepeatPreviewProps = Pick<RepeatFormProps, 'due'> & {
  rule: string;
  from: RepeatDraft['from'];
  onChoose(rule: string): void;
};

/** The next dates of a rule, and what has to be decided about it. */
function RepeatPreview({ rule, from, due, onChoose }: RepeatPreviewProps) {
  const style = useTimeStyle();
  const [preview, setPreview] = useState<Preview>();
  const given = JSON.stringify({ rule, from, due, count: 6 });
  useEffect(() => {
    const over = new AbortController();
    api
      .post<Preview>('/api/tasks/recurrence-preview', JSON.parse(given), { signal: over.signal })
      .then(setPreview)
      .catch(() => undefined);
    return () => over.abort();
  }, [given]);
  if (!preview) return null;
  return (
    <div className={css.preview} aria-live="polite">
      <b>{t('The next dates')}</b>
      <ol>
        {preview.dates.map((date) => (
          <li key={JSON.stringify(date)}>{whenText(date, style)}</li>
        ))}
      </ol>
      {preview.warnings.map((warning) => (
        <div key={warning.code} className={css.warning}>
          <p>{warning.detail}</p>
          {warning.choices.map((choice) => (
            <Button key={choice.rule} size="compact-sm" onClick={() => onChoose(choice.rule)}>
              {choice.title}
            </Button>
          ))}
        </div>
      ))}
    </div>
  );
}
