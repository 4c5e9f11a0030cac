import { z } from 'zod';
import { InvalidInput } from './problem.ts';

/** The query of a list: `limit` 1 to 200 (50), an opaque `cursor`, and `count=true` for a total. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(500).optional(),
  count: z.stringbool().default(false).describe('Count all that match; costs a second statement'),
});
export type PageQuery = z.infer<typeof PageQuery>;

export type Page<Item> = { items: Item[]; next: string | null; total?: number };

/** The schema of one page of `item`; `next` is the cursor of the following page, or null at the end. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.int().optional() });

/** A cursor holds the sort values of the last row seen, so pages stay stable while rows come and go (keyset paging). */
export const encodeCursor = (values: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** Reads a cursor back. `shape` is the tuple that the list wrote; anything else is a 422, never a wrong page. */
export function decodeCursor<Shape extends z.ZodType>(
  cursor: string | undefined,
  shape: Shape,
): z.infer<Shape> | undefined {
  if (cursor === undefined) return undefined;
  try {
    const written = Buffer.from(cursor, 'base64url').toString('utf8');
    // A NUL would only be refused by the database, with a line in the log that anybody could repeat.
    if (written.includes('\\u0000')) throw new Error('NUL');
    return shape.parse(JSON.parse(written));
  } catch {
    throw new InvalidInput({
      errors: [
        { pointer: '/cursor', detail: 'This is not a cursor of this list; take `next` of the page before as it is.' },
      ],
    });
  }
}

/** Cuts a list of `limit + 1` rows into a page; `sortValues` names what the order is made of. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  sortValues: (row: Row) => (string | number | null)[],
  toItem: (row: Row) => Item,
): Page<Item> {
  const more = rows.length > limit;
  const shown = more ? rows.slice(0, limit) : rows;
  return { items: shown.map(toItem), next: more ? encodeCursor(sortValues(shown.at(-1)!)) : null };
}
