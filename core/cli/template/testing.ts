import type { NewFieldNote } from './field-note/field-note.ts';

// Makers for tests: they fill what is not given.

/** The body of a request that adds a field note. */
export const aFieldNote = (given: Partial<NewFieldNote> = {}): NewFieldNote => ({
  text: 'A heron stands at the weir',
  ...given,
});
