import { FormField, type FormFieldProps } from './FormField.tsx';
import css from './form.module.css';
import { fieldsOf, type Values } from './schema.ts';

/** Fields that belong together, within an object of their own. */
export function FormGroup({ field, value, onChange, ...rest }: FormFieldProps) {
  const values = (value ?? {}) as Values;
  return (
    <fieldset className={css.group}>
      <legend>{field.label}</legend>
      {field.help && <p className={css.help}>{field.help}</p>}
      {fieldsOf(field.schema).map((inner) => (
        <FormField
          {...rest}
          key={inner.name}
          field={inner}
          value={values[inner.name]}
          onChange={(given) => onChange({ ...values, [inner.name]: given })}
          pointer={`${rest.pointer}/${inner.name}`}
        />
      ))}
    </fieldset>
  );
}
