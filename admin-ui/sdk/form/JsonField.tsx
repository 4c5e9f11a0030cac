import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { translator } from '../words/t.ts';
import type { FormFieldProps } from './FormField.tsx';

const t = translator('console');

/** A value that has no field of its own, written as JSON. */
export function JsonField({ field, value, onChange, refused, pointer }: FormFieldProps) {
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
