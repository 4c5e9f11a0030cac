import { ActionIcon, Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { Icon } from '../kit/Icon.tsx';
import { translator } from '../words/t.ts';
import { FormField, type FormFieldProps } from './FormField.tsx';
import css from './form.module.css';
import { beginningOf, fieldsOf, type Values } from './schema.ts';

const t = translator('console');

/** Any number of objects, each with its fields; one is added below and each can be taken away. */
export function FormList({ field, value, onChange, fault, ...rest }: FormFieldProps & { fault: string | undefined }) {
  const items = (Array.isArray(value) ? value : []) as Values[];
  const schema = field.schema.items!;
  const inner = fieldsOf(schema);
  const root = useRef<HTMLFieldSetElement>(null);
  // What a field knows of itself (whether it was left) goes with its place, so places begin anew when one is taken away.
  const [generation, setGeneration] = useState(0);
  const remove = (index: number) => {
    onChange(items.filter((_, other) => other !== index));
    setGeneration(generation + 1);
    root.current?.querySelector<HTMLElement>('[data-add]')?.focus();
  };
  const add = () => {
    onChange([...items, beginningOf(schema)]);
    requestAnimationFrame(() =>
      root.current?.querySelector<HTMLElement>('[data-item]:last-of-type :is(input, textarea)')?.focus(),
    );
  };
  return (
    <fieldset ref={root} className={css.list} {...(fault ? { 'aria-invalid': true } : {})}>
      <legend>{field.label}</legend>
      {field.help && <p className={css.help}>{field.help}</p>}
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item has no other name than its place
        <div key={`${generation} ${index}`} className={css.item} data-item>
          <div className={css.itemFields}>
            {inner.map((each) => (
              <FormField
                {...rest}
                key={each.name}
                field={each}
                value={item[each.name]}
                onChange={(given) =>
                  onChange(items.map((one, other) => (other === index ? { ...one, [each.name]: given } : one)))
                }
                pointer={`${rest.pointer}/${index}/${each.name}`}
              />
            ))}
          </div>
          <ActionIcon
            aria-label={t('Take away {n} of {list}', { n: index + 1, list: field.label })}
            onClick={() => remove(index)}
          >
            <Icon name="x" size={15} />
          </ActionIcon>
        </div>
      ))}
      {fault && <p className={css.fault}>{fault}</p>}
      <Button data-add size="xs" leftSection={<Icon name="plus" size={14} />} onClick={add}>
        {t('Add')}
      </Button>
    </fieldset>
  );
}
