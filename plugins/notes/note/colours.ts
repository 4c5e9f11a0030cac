/** The papers of the wall; without one a note is the sheet itself. */
export const colours = ['straw', 'sage', 'sky', 'clay', 'lilac', 'stone'] as const;
