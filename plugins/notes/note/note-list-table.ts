import { decodeCursor, instant, type Tx, toPage } from '@task-connect/sdk';
import type { Knex } from '@task-connect/sdk/migration';
import { z } from 'zod';
import { parseSearch, type Search } from '../search/parse-search.ts';
import { snippetOf } from '../search/snippet.ts';
import { fold, searchable } from '../text/fold.ts';
import { readMarkdown } from '../text/read-markdown.ts';
import type { NoteCard, NoteQuery } from './note.ts';
import { type Acting, toCard } from './note-access.ts';
import { cardColumns, type NoteRow } from './note-table.ts';

const like = (word: string) => `%${searchable(word).replace(/[\\%_]/g, '\\$&')}%`;

/** The longest word is asked of the index; the others are looked for in what it gives. */
function searched(builder: Knex.QueryBuilder, search: Search): void {
  const words = search.words.filter((word) => searchable(word) !== '').sort((a, b) => b.length - a.length);
  const [longest, ...others] = words;
  if (longest !== undefined) builder.whereRaw('n.id = any(array(select notes_with_text(?)))', [like(longest)]);
  for (const word of others) builder.whereRaw('n.search_text like ?', [like(word)]);
  for (const word of search.without.filter((each) => searchable(each) !== ''))
    builder.whereRaw('n.search_text not like ?', [like(word)]);
  for (const label of search.labels) builder.whereRaw('n.label_keys @> array[?]', [label]);
  for (const label of search.withoutLabels) builder.whereRaw('not n.label_keys @> array[?]', [label]);
  for (const having of search.has) builder.whereRaw('n.has @> array[?]', [having]);
}

function inPlace(builder: Knex.QueryBuilder, place: NonNullable<NoteQuery['in']>, acting: Acting): void {
  if (place === 'trash') {
    builder
      .whereNotNull('n.trashed_at')
      .where({ 'n.organisation_id': acting.organisation, 'n.owner_id': acting.person });
    return;
  }
  builder.whereNull('n.trashed_at');
  if (place === 'notes') builder.whereNull('m.archived_at');
  if (place === 'archive') builder.whereNotNull('m.archived_at');
  if (place === 'shared')
    builder.whereRaw(
      `(n.owner_id <> ? or n.organisation_id <> ? or cardinality(n.viewers) + cardinality(n.editors)
         + cardinality(n.viewer_organisations) + cardinality(n.editor_organisations) > 0)`,
      [acting.person, acting.organisation],
    );
}

function filtered(tx: Tx, acting: Acting, query: NoteQuery, search: Search | undefined): Knex.QueryBuilder {
  const builder = tx
    .knex('note as n')
    .leftJoin('note_mark as m', (join) => join.on('m.note_id', 'n.id').andOnVal('m.person_id', acting.person));
  inPlace(builder, query.in ?? (search ? 'all' : 'notes'), acting);
  if (search) searched(builder, search);
  if (query.label) builder.whereRaw('n.label_keys @> array[?]', [fold(query.label.normalize('NFC'))]);
  if (query.pinned !== undefined) builder.whereRaw('coalesce(m.pinned, false) = ?', [query.pinned]);
  if (query.attachedTo) {
    const [plugin = '', kind = '', id = ''] = query.attachedTo.split(':');
    builder.whereRaw('n.ref_plugin = ? and n.ref_kind = ? and n.ref_id::text = ?', [plugin, kind, id.toLowerCase()]);
  }
  return builder;
}

const cursor = z.tuple([instant(), z.uuid()]);

// Of the organisation that one acts in, where an index has them in order; and what others share with it, which are few.
const sides = [
  (builder: Knex.QueryBuilder, { organisation }: Acting) => builder.where('n.organisation_id', organisation),
  (builder: Knex.QueryBuilder, { organisation }: Acting) =>
    builder.whereRaw(
      'n.organisation_id <> ? and (n.viewer_organisations @> array[?]::uuid[] or n.editor_organisations @> array[?]::uuid[])',
      [organisation, organisation, organisation],
    ),
];

/** One page of the notes that `query` asks for, as the acting person sees them; what was changed last comes first. */
export async function notePage(tx: Tx, acting: Acting, query: NoteQuery) {
  const search = query.text === undefined ? undefined : parseSearch(query.text);
  const after = decodeCursor(query.cursor, cursor);
  const rows: NoteRow[] = [];
  for (const side of sides) {
    const builder = side(filtered(tx, acting, query, search), acting)
      .select(tx.knex.raw(search ? `${cardColumns}, n.text` : cardColumns))
      .orderByRaw('n.updated_at desc, n.id desc')
      .limit(query.limit + 1);
    if (after) builder.whereRaw('(n.updated_at, n.id) < (?::timestamptz, ?)', after);
    rows.push(...(await builder));
  }
  rows.sort((a, b) => later(b, a));
  const page = toPage<NoteRow, NoteCard>(
    rows.slice(0, query.limit + 1),
    query.limit,
    (row) => [row.updated_at, row.id],
    (row) => toCard(row, acting, search ? foundIn(row, search) : null),
  );
  if (!query.count) return page;
  let total = 0;
  for (const side of sides) {
    const [counted] = await side(filtered(tx, acting, query, search), acting).count({ total: '*' });
    total += Number(counted.total);
  }
  return { ...page, total };
}

const later = (a: NoteRow, b: NoteRow): number =>
  Temporal.Instant.compare(a.updated_at, b.updated_at) || (a.id < b.id ? -1 : 1);

function foundIn(row: NoteRow, { words }: Search): NoteCard['found'] {
  const { plain } = readMarkdown(row.text.length > 300_000 ? row.text.slice(0, 300_000) : row.text);
  return snippetOf(plain, words);
}
