import { statement, type Tx } from '@task-connect/sdk';

export type VersionRow = {
  version: number;
  title: string;
  text: string;
  by: string;
  started_at: string;
  at: string;
  restored_from: number | null;
};

const latest = statement<[organisation: string, note: string], VersionRow>(
  'notes.latest-version',
  `select version, by, started_at, restored_from, title from note_version
   where organisation_id = $1 and note_id = $2 order by version desc limit 1`,
);

type Insert = [
  organisation: string,
  note: string,
  version: number,
  title: string,
  text: string,
  by: string,
  at: string,
  restoredFrom: number | null,
];
const insert = statement<Insert, unknown>(
  'notes.insert-version',
  `insert into note_version (organisation_id, note_id, version, title, text, by, started_at, at, restored_from)
   values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
);

const goOn = statement<
  [organisation: string, note: string, before: number, version: number, title: string, text: string, at: string],
  unknown
>(
  'notes.go-on-version',
  `update note_version set version = $4, title = $5, text = $6, at = $7
   where organisation_id = $1 and note_id = $2 and version = $3`,
);

const thin = statement<[organisation: string, note: string, keep: number], unknown>(
  'notes.thin-versions',
  `delete from note_version where organisation_id = $1 and note_id = $2 and version <= (
     select version from note_version where organisation_id = $1 and note_id = $2 order by version desc offset $3 limit 1)`,
);

/** So many entries of the history are kept of a note. */
export const mostVersions = 200;

export type NewVersion = {
  organisation: string;
  note: string;
  version: number;
  title: string;
  text: string;
  person: string;
  at: string;
  restoredFrom?: number;
};

/**
 * Keeps what a note says now in its history. What the same person writes in one go is one entry: it goes on for
 * `minutes` after it began. The first version and a restored one always stand for themselves.
 */
export async function keepVersion(tx: Tx, given: NewVersion, minutes = 0): Promise<void> {
  const { organisation, note, version, title, text, person, at } = given;
  const [before] = await tx.query(latest, [organisation, note]);
  const goesOn =
    before !== undefined &&
    before.version > 1 &&
    given.restoredFrom === undefined &&
    before.restored_from === null &&
    before.by === person &&
    Temporal.Instant.from(at).since(before.started_at).total('minutes') < minutes;
  if (goesOn) {
    await tx.query(goOn, [organisation, note, before.version, version, title, text, at]);
    return;
  }
  await tx.query(insert, [organisation, note, version, title, text, person, at, given.restoredFrom ?? null]);
  await tx.query(thin, [organisation, note, mostVersions]);
}

const list = statement<[organisation: string, note: string], Omit<VersionRow, 'text'>>(
  'notes.versions',
  `select version, title, by, started_at, at, restored_from from note_version
   where organisation_id = $1 and note_id = $2 order by version desc`,
);

/** Newest first, without their texts. */
export const versionsOf = (tx: Tx, organisation: string, note: string): Promise<Omit<VersionRow, 'text'>[]> =>
  tx.query(list, [organisation, note]);

const find = statement<[organisation: string, note: string, version: number], VersionRow>(
  'notes.version',
  `select version, title, text, by, started_at, at, restored_from from note_version
   where organisation_id = $1 and note_id = $2 and version = $3`,
);

export async function findVersion(
  tx: Tx,
  organisation: string,
  note: string,
  version: number,
): Promise<VersionRow | undefined> {
  const [row] = await tx.query(find, [organisation, note, version]);
  return row;
}
