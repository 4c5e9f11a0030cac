import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import type { ApiProblem } from '../api/problem.ts';
import { Problem } from '../kit/Problem.tsx';
import { translator } from '../words/t.ts';
import { faultOf } from './check.ts';
import { type Draft, overtakenFields, shownValues, typeInto, without } from './draft.ts';
import { FormField } from './FormField.tsx';
import css from './form.module.css';
import { OvertakenFields } from './OvertakenFields.tsx';
import { countChanges, fieldsOf, type JsonSchema, type Values } from './schema.ts';

const t = translator('console');

type FormProps = {
  schema: JsonSchema;
  /** What is saved now; what was typed stays when it changes. */
  values: Values;
  onSave(values: Values): Promise<unknown>;
  problem?: ApiProblem | undefined;
  /** Where the values are in the body, so that the server’s faults find their fields: `/values`. */
  at?: string;
  busy?: boolean;
  save?: string;
  /** Below the buttons: “effective at once”. */
  note?: ReactNode;
  /** For a thing that is new: it can be saved as it is. */
  fresh?: boolean;
};

/** A form drawn from a JSON schema. Save is there from the first change, and ⌘Enter does it from any field. */
export function Form({ schema, values, onSave, problem, at = '', busy, save, note, fresh }: FormProps) {
  const [draft, setDraft] = useState<Draft>({});
  const shown = shownValues(values, draft);
  const changes = countChanges(schema, values, shown);
  const isWrong = fieldsOf(schema).some((field) => faultOf(field, shown[field.name]) !== undefined);
  const ready = !busy && !isWrong && (changes > 0 || fresh === true);

  const submit = async () => {
    if (!ready) return;
    if ((await onSave(shown)) !== undefined) setDraft({});
  };
  const named = new Set(fieldsOf(schema).map((field) => `${at}/${field.name}`));
  const elsewhere = problem && !problem.errors.some(({ pointer }) => named.has(pointer)) ? problem : undefined;
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit();
      }}
    >
      {fieldsOf(schema).map((field) => (
        <FormField
          key={field.name}
          field={field}
          value={shown[field.name]}
          onChange={(given) => setDraft(typeInto(draft, field.name, given, values[field.name]))}
          refused={(pointer) => problem?.faultAt(pointer)}
          pointer={`${at}/${field.name}`}
        />
      ))}
      <Problem problem={elsewhere} />
      <OvertakenFields
        fields={overtakenFields(schema, values, draft)}
        saved={values}
        onTake={({ name }) => setDraft(without(draft, name))}
      />
      <div className={css.actions}>
        <Button type="submit" variant="filled" disabled={!ready}>
          {save ?? t('Save')}
        </Button>
        {changes > 0 && !fresh && (
          <Button variant="subtle" color="gray" onClick={() => setDraft({})}>
            {t('Undo changes')}
          </Button>
        )}
        <span>
          {changes > 0 && !fresh ? t({ one: '{count} change', other: '{count} changes' }, { count: changes }) : note}
        </span>
      </div>
    </form>
  );
}
