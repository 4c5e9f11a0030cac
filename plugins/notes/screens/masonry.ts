import type { NoteCard } from './queries.ts';

/** How many columns of cards fit, as drawn: one on the narrowest telephone, two on others. */
export const columnsFor = (width: number): number => (width < 300 ? 1 : Math.max(2, Math.floor((width + 12) / 206)));

/** About how high a card will be, so that columns come out alike without being measured. */
export function heightOf(card: Pick<NoteCard, 'title' | 'preview' | 'labels' | 'found'>): number {
  const { text, items, picture } = card.preview;
  const shown = card.found
    ? card.found.reduce((sum, { text: piece }) => sum + piece.length, 0)
    : Math.min(text.length, 220);
  return (
    36 +
    (card.title ? 20 * Math.ceil(card.title.length / 24) : 0) +
    19 * Math.ceil(shown / 27) +
    (card.found ? 0 : 24 * items.length + (picture ? 108 : 0)) +
    (card.labels.length > 0 ? 26 : 0)
  );
}

/** Cards in columns, each next one where there is most room; so the first ones stand above. */
export function inColumns<Card extends Parameters<typeof heightOf>[0]>(
  cards: readonly Card[],
  count: number,
): Card[][] {
  const columns = Array.from({ length: count }, () => ({ height: 0, cards: [] as Card[] }));
  for (const card of cards) {
    const column = columns.reduce((least, one) => (one.height < least.height ? one : least));
    column.cards.push(card);
    column.height += heightOf(card) + 12;
  }
  return columns.map((column) => column.cards);
}
