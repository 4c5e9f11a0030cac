import { statement, type Tx } from '@task-connect/sdk';
import type { Attachment } from './attachment.ts';

export type AttachmentRow = {
  id: string;
  organisation_id: string;
  note_id: string;
  name: string;
  type: string;
  size: string | number;
  thumbnail: Attachment['thumbnail'];
  created_at: string;
  created_by: string;
};

const columns = 'id, organisation_id, note_id, name, type, size, thumbnail, created_at, created_by';

export const toAttachment = (row: AttachmentRow): Attachment => ({
  id: row.id,
  name: row.name,
  type: row.type,
  size: Number(row.size),
  thumbnail: row.thumbnail,
  createdAt: row.created_at,
  createdBy: row.created_by,
});

const list = statement<[note: string], AttachmentRow>(
  'notes.attachments',
  `select ${columns} from attachment where note_id = $1 order by id`,
);

/** The files of a note, in the order in which they came. */
export const attachmentsOf = (tx: Tx, note: string): Promise<AttachmentRow[]> => tx.query(list, [note]);

const find = statement<[note: string, id: string], AttachmentRow>(
  'notes.attachment',
  `select ${columns} from attachment where note_id = $1 and id = $2`,
);

export async function findAttachment(tx: Tx, note: string, id: string): Promise<AttachmentRow | undefined> {
  const [row] = await tx.query(find, [note, id]);
  return row;
}

const insert = statement<
  [
    organisation: string,
    note: string,
    name: string,
    type: string,
    size: number,
    thumbnail: string,
    at: string,
    by: string,
  ],
  AttachmentRow
>(
  'notes.insert-attachment',
  `insert into attachment (organisation_id, note_id, name, type, size, thumbnail, created_at, created_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${columns}`,
);

export async function insertAttachment(
  tx: Tx,
  given: Omit<AttachmentRow, 'id' | 'size'> & { size: number },
): Promise<AttachmentRow> {
  const [row] = await tx.query(insert, [
    given.organisation_id,
    given.note_id,
    given.name,
    given.type,
    given.size,
    given.thumbnail,
    given.created_at,
    given.created_by,
  ]);
  return row!;
}

const setThumbnail = statement<[note: string, id: string, state: string], unknown>(
  'notes.set-thumbnail',
  'update attachment set thumbnail = $3 where note_id = $1 and id = $2',
);

export async function setThumbnailState(
  tx: Tx,
  note: string,
  id: string,
  state: Attachment['thumbnail'],
): Promise<void> {
  await tx.query(setThumbnail, [note, id, state]);
}

const remove = statement<[note: string, id: string], unknown>(
  'notes.delete-attachment',
  'delete from attachment where note_id = $1 and id = $2',
);

export async function deleteAttachment(tx: Tx, note: string, id: string): Promise<void> {
  await tx.query(remove, [note, id]);
}

/** Where the bytes of a file are, and those of its thumbnail. */
export const fileKey = (note: string, id: string): string => `${note}/${id}`;
export const thumbnailKey = (note: string, id: string): string => `${note}/${id}.thumbnail`;
