import { MultiSelect, PasswordInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { NumberInput } from '../kit/NumberInput.tsx';
import { afterPress } from './after-press.ts';
import { faultOf } from './check.ts';
import { FormGroup } from './FormGroup.tsx';
import { FormList } from './FormList.tsx';
import { JsonField } from './JsonField.tsx';
import { MomentField } from './MomentField.tsx';
import { type Field, inputTypeOf } from './schema.ts';

export type FormFieldProps = {
  field: Field;
  value: unknown;
  onChange(value: unknown): void;
  /** What the server said of the value at a pointer, `/quiet/from`. */
  refused(pointer: string): string | undefined;
  /** What a rule of the whole says of it. */
  rule(pointer: string): string | undefined;
  /** Somebody wanted to save: now everything that is wrong is said. */
  askedOnce: boolean;
  pointer: string;
};

/** One field. It is wrong only after it was left, and right again while it is typed. */
export function FormField(props: FormFieldProps) {
  const { field, value, onChange, refused, rule, askedOnce, pointer } = props;
  const [left, setLeft] = useState(false);
  const fault = (left || askedOnce ? (faultOf(field, value) ?? rule(pointer)) : undefined) ?? refused(pointer);
  const common = {
    label: field.label,
    ...(field.help ? { description: field.help } : {}),
    ...(fault ? { error: fault } : {}),
    onBlur: () => afterPress(() => setLeft(true)),
    name: field.name,
    autoComplete: 'off',
  };
  const whenEmpty = field.may === 'be-empty' ? null : '';
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'group':
      return <FormGroup {...props} />;
    case 'list':
      return <FormList {...props} fault={fault} />;
    case 'json':
      return <JsonField {...props} />;
    case 'moment':
      return <MomentField {...common} value={text} onChange={(given) => onChange(given ?? whenEmpty)} />;
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
          data={optionsOf(field, field.schema.enum)}
          value={text || null}
          searchable={(field.schema.enum?.length ?? 0) > 12}
          clearable={field.may === 'be-empty'}
          limit={100}
          onChange={(given) => onChange(given)}
        />
      );
    case 'choices':
      return (
        <MultiSelect
          {...common}
          data={optionsOf(field, field.schema.items?.enum)}
          value={Array.isArray(value) ? value : []}
          searchable={(field.schema.items?.enum?.length ?? 0) > 12}
          limit={100}
          onChange={onChange}
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
          type={inputTypeOf(field.schema)}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || whenEmpty)}
        />
      );
  }
}

const optionsOf = ({ schema }: Field, values: readonly unknown[] = []) =>
  values.map((value) => ({
    value: String(value),
    label: (schema.items?.titles ?? schema.titles)?.[String(value)] ?? String(value),
  }));
