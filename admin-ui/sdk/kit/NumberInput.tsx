import { type NumberInputProps, TextInput } from '@mantine/core';
import { type ComponentProps, lazy, Suspense } from 'react';

const Loaded = lazy(async () => ({ default: (await import('./number-input.ts')).NumberInput }));

/** A field for a number. What reads and writes numbers is large, so it comes with the first of them. */
export function NumberInput(props: NumberInputProps<number>) {
  const { label, description, placeholder, value } = props;
  const meanwhile = { label, description, placeholder, value: value === undefined ? '' : String(value) };
  return (
    <Suspense fallback={<TextInput {...meanwhile} readOnly />}>
      <Loaded {...(props as ComponentProps<typeof Loaded>)} />
    </Suspense>
  );
}
