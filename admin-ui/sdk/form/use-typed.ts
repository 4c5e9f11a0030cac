import { use, useEffect, useState } from 'react';
import { MeContext } from '../person/me.ts';
import { usePlace } from '../route/location.ts';
import { keepTyped, takeTyped } from './kept-draft.ts';

/**
 * State for what a person types, which a reload of the page does not lose. `name` tells it from others on the page.
 * @example const [text, setText] = useTyped(`note ${id}`, '');
 */
export function useTyped<Value>(
  name: string,
  initial: Value,
  /** What of it may be kept; all without it. */
  kept: (value: Value) => unknown = (value) => value,
): [Value, (next: Value | ((before: Value) => Value)) => void] {
  const { path } = usePlace();
  const key = `${use(MeContext)?.id ?? ''} ${path} ${name}`;
  const [value, setValue] = useState<Value>(() => (takeTyped(key) as Value | undefined) ?? initial);
  const worth = JSON.stringify(value) === JSON.stringify(initial) ? undefined : kept(value);
  useEffect(() => keepTyped(key, worth));
  useEffect(() => () => keepTyped(key, undefined), [key]);
  return [value, setValue];
}
