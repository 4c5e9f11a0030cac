import { NumberInput, PasswordInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { translator } from '../words/t.ts';
import { faultOf } from './check.ts';
import css from './form.module.css';
import { type Field, fieldsOf, type Values } from './schema.ts';

const t = translator('console');
const inputTypes: Record<string, string> = { date: 'date', time: 'time', email: 'email', uri: 'url' };

type FormFieldProps = {
  field: Field;
  value: unknown;
  onChange(value: unknown): void;
  /** What the server said of the value at a pointer, `/quiet/from`. */
  refused(pointer: string): string | undefined;
  pointer: string;
};

/** One field. It is wrong only after it was left, and right again while it is typed. */
export function FormField({ field, value, onChange, refused, pointer }: FormFieldProps) {
  const [left, setLeft] = useState(false);
  const fault = (left ? faultOf(field, value) : undefined) ?? refused(pointer);
  const common = {
    label: field.label,
    ...(field.help ? { description: field.help } : {}),
    ...(fault ? { error: fault } : {}),
    onBlur: () => setLeft(true),
    name: field.name,
    autoComplete: 'off',
  };
  const whenEmpty = field.may === 'be-empty' ? null : '';
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'group':
      return <FormGroup {...{ field, value, onChange, refused, pointer }} />;
    case 'switch':
      return (
        <Switch
          label={field.label}
          description={field.help}
          error={fault}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(given) => onChange(typeof given === 'number' ? given : null)}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          data={(field.schema.enum as string[]).map((one) => ({ value: one, label: titleOf(field, one) }))}
          value={text || null}
          searchable={(field.schema.enum?.length ?? 0) > 12}
          clearable={field.may === 'be-empty'}
          limit={100}
          onChange={(given) => onChange(given)}
        />
      );
    case 'words':
      return <TagsInput {...common} value={Array.isArray(value) ? value : []} onChange={onChange} />;
    case 'secret':
      return <PasswordInput {...common} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'text':
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || whenEmpty)}
        />
      );
    case 'line':
      return (
        <TextInput
          {...common}
          type={inputTypes[field.schema.format ?? ''] ?? 'text'}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || whenEmpty)}
        />
      );
    case 'json':
      return <JsonField {...{ field, value, onChange, refused, pointer }} />;
  }
}

const titleOf = (field: Field, value: string): string => field.schema.titles?.[value] ?? value;

function FormGroup({ field, value, onChange, refused, pointer }: FormFieldProps) {
  const values = (value ?? {}) as Values;
  return (
    <fieldset className={css.group}>
      <legend>{field.label}</legend>
      {fieldsOf(field.schema).map((inner) => (
        <FormField
          key={inner.name}
          field={inner}
          value={values[inner.name]}
          onChange={(given) => onChange({ ...values, [inner.name]: given })}
          refused={refused}
          pointer={`${pointer}/${inner.name}`}
        />
      ))}
    </fieldset>
  );
}

function JsonField({ field, value, onChange, refused, pointer }: FormFieldProps) {
  const [text, setText] = useState(() => JSON.stringify(value ?? null, null, 2));
  const [broken, setBroken] = useState(false);
  const write = (given: string) => {
    setText(given);
    try {
      onChange(JSON.parse(given));
      setBroken(false);
    } catch {
      setBroken(true);
    }
  };
  return (
    <Textarea
      label={field.label}
      description={field.help ?? t('Written as JSON.')}
      error={broken ? t('This is not JSON yet; the last good value stays.') : refused(pointer)}
      autosize
      minRows={3}
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
    />
  );
}
