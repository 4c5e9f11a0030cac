import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTimeStyle } from '../time/now.ts';
import { translator } from '../words/t.ts';
import { instantOf, localOf } from './moment.ts';

const t = translator('console');

type MomentFieldProps = {
  label: string;
  description?: ReactNode;
  error?: ReactNode;
  name: string;
  onBlur(): void;
  /** An instant, or empty. */
  value: string;
  onChange(instant: string | undefined): void;
};

/** An instant, typed as date and time in the person’s zone. */
export function MomentField({ value, onChange, description, ...rest }: MomentFieldProps) {
  const { zone } = useTimeStyle();
  return (
    <TextInput
      {...rest}
      type="datetime-local"
      description={description ?? t('Time of {zone}', { zone: zone.replaceAll('_', ' ') })}
      value={localOf(value, zone)}
      onChange={(event) => onChange(instantOf(event.currentTarget.value, zone))}
    />
  );
}
