import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { ApiProblem } from '../api/problem.ts';
import { Problem } from '../kit/Problem.tsx';
import { translator } from '../words/t.ts';
import { faultsOf, ruleFaults } from './check.ts';
import { type Draft, overtakenFields, shownValues, typeInto, without, withoutSecrets } from './draft.ts';
import { FormField } from './FormField.tsx';
import css from './form.module.css';
import { OvertakenFields } from './OvertakenFields.tsx';
import { countChanges, fieldsOf, type JsonSchema, jsonSchemaOf, type Values, type ZodSchema } from './schema.ts';
import { useTyped } from './use-typed.ts';

const t = translator('console');

type FormProps = {
  /** A JSON schema or a zod object; rules of its own (`refine`) are said beside the field of their `path`. */
  schema: JsonSchema | ZodSchema;
  /** What is saved now; what was typed stays when it changes. */
  values: Values;
  /** Undefined when it was refused; what was typed then stays. */
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
  /** Tells it from other forms with the same fields on the page, so that a reload gives each its own text back. */
  name?: string;
};

/** A form drawn from a schema. Save is there from the first change, and ⌘Enter does it from any field. */
export function Form({ schema: given, values, onSave, problem, at = '', busy, save, note, fresh, name }: FormProps) {
  const schema = useMemo(() => jsonSchemaOf(given), [given]);
  const fields = fieldsOf(schema);
  const key = `form ${name ?? at} ${fields.map((field) => field.name).join(' ')}`;
  const [draft, setDraft] = useTyped<Draft>(key, {}, (typed) => withoutSecrets(schema, typed));
  const [askedOnce, setAskedOnce] = useState(false);
  const answered = useTypedSince(problem);
  const form = useRef<HTMLFormElement>(null);
  const shown = shownValues(values, draft);
  const changes = countChanges(schema, values, shown);
  const rules = ruleFaults(given, shown, at);
  const isWrong = rules.size > 0 || faultsOf(schema, shown).size > 0;
  const ready = !busy && (changes > 0 || fresh === true);

  const submit = async () => {
    if (!ready) return;
    setAskedOnce(true);
    if (isWrong) {
      // After the drawing that shows what is wrong.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    if ((await onSave(shown)) === undefined) return;
    setDraft({});
    setAskedOnce(false);
  };
  const named = new Set(fields.map((field) => `${at}/${field.name}`));
  const isNamed = (pointer: string) => [...named].some((one) => pointer === one || pointer.startsWith(`${one}/`));
  const elsewhere = problem && !problem.errors.some(({ pointer }) => isNamed(pointer)) ? problem : undefined;
  const ofAll = [...rules].filter(([pointer]) => !isNamed(pointer)).map(([, detail]) => detail);
  return (
    <form
      ref={form}
      className={css.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        void submit();
      }}
    >
      {fields.map((field) => (
        <FormField
          key={field.name}
          field={field}
          value={shown[field.name]}
          onChange={(typed) => {
            setDraft((before) => typeInto(before, field.name, typed, values[field.name]));
            answered.typed(`${at}/${field.name}`);
          }}
          refused={(pointer) => (answered.isOld(pointer) ? undefined : problem?.faultAt(pointer))}
          rule={(pointer) => rules.get(pointer)}
          askedOnce={askedOnce}
          pointer={`${at}/${field.name}`}
        />
      ))}
      {askedOnce &&
        ofAll.map((detail) => (
          <p key={detail} className={css.fault} role="alert">
            {detail}
          </p>
        ))}
      <Problem problem={elsewhere} />
      <OvertakenFields
        fields={overtakenFields(schema, values, draft)}
        saved={values}
        shown={shown}
        onTake={({ name }) => setDraft((before) => without(before, name))}
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

/** Which fields were typed into after the server answered: what it said of them is old. */
function useTypedSince(problem: ApiProblem | undefined) {
  const [pointers, setPointers] = useState<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer begins anew
  useEffect(() => setPointers(new Set()), [problem]);
  return {
    typed: (pointer: string) => setPointers((before) => (before.has(pointer) ? before : new Set([...before, pointer]))),
    isOld: (pointer: string) => [...pointers].some((one) => pointer === one || pointer.startsWith(`${one}/`)),
  };
}
