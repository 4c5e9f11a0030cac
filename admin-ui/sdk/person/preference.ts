import { use } from 'react';
import { api } from '../api/client.ts';
import { editOf, useChange } from '../api/use-change.ts';
import { type Me, MeContext } from './me.ts';

/**
 * Something that this person chose of how a screen looks, kept with their profile and so the same in every browser.
 * Short values only; null forgets it.
 * @example const [view, setView] = usePreference('tasks.view', 'list');
 */
export function usePreference<Value>(name: string, otherwise: Value): [Value, (value: Value | null) => void] {
  const me = use(MeContext);
  const save = useChange({
    send: (value: Value | null) => api.patch<Me>('/api/me', { preferences: { [name]: value } }),
    edits: (value) => [
      editOf<Me>('/api/me', (me) =>
        'preferences' in me ? { ...me, preferences: { ...me.preferences, [name]: value } } : me,
      ),
    ],
  });
  return [(me?.preferences[name] as Value | null | undefined) ?? otherwise, (value) => void save.run(value)];
}
