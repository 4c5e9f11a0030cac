import { api, useApi, useApiPages, useChange, useMe } from '@task-connect/console';
import type { FieldNote, NewFieldNote } from '../field-note/field-note.ts';
import type { Tally } from '../tally/tally.ts';

export type { FieldNote };

const list = '/api/field-notes';
const tally = '/api/field-notes/tally';

export const useFieldNotes = () => useApiPages<FieldNote>(list, { live: ['field-note-added'] });

/** How many are one’s own; undefined until it is known. */
export function useOwnCount(): number | undefined {
  const { id } = useMe();
  const { data } = useApi<Tally>(tally, { live: ['field-note-counted'] });
  return data && (data.items.find(({ person }) => person === id)?.count ?? 0);
}

export const useAddFieldNote = () =>
  useChange({ send: (added: NewFieldNote) => api.post<FieldNote>(list, added), refreshes: [list] });
