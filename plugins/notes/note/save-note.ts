import { InvalidInput } from '@task-connect/sdk';
import type { NotesContext } from '../contract.ts';
import { referenceColumns } from '../sharing/reference.ts';
import { mostLabels } from '../text/tags.ts';
import { keepVersion } from '../version/version-table.ts';
import { derive } from './derive.ts';
import type { NewNote, NotePatch } from './note.ts';
import { factsOf, hintNote, originOf } from './note-events.ts';
import { filesOf } from './note-parts.ts';
import { findNote, insertNote, markNote, type NoteRow, updateNote } from './note-table.ts';

/** Adds a note with its first version and its maker’s marks. */
export async function addNote(context: NotesContext, note: NewNote): Promise<NoteRow> {
  const { tx, actor, clock, publish } = context;
  const at = clock.now().toString();
  const derived = derive({ title: note.title, text: note.text, ownLabels: note.labels, files: [] });
  const content = { title: note.title, text: note.text, own_labels: note.labels };
  const id = await insertNote(tx, actor, { ...content, ...derived, ...referenceColumns(note.attachedTo) }, at);
  await keepVersion(tx, {
    organisation: actor.organisation,
    note: id,
    version: 1,
    ...content,
    person: actor.person,
    at,
  });
  if (note.pinned || note.colour)
    await markNote(tx, actor.person, id, { pinned: note.pinned, colour: note.colour, archivedAt: null });
  const row = (await findNote(tx, id, actor.person))!;
  await publish('note.created', factsOf(row, context, 1), originOf(row));
  await hintNote(context, row);
  return row;
}

/** Writes a change of a note that is locked; one that changes nothing leaves its version as it was. */
export async function saveNote(
  context: NotesContext,
  row: NoteRow,
  patch: NotePatch,
  options: { restoredFrom?: number } = {},
): Promise<NoteRow> {
  const { tx, actor, clock, publish, settings } = context;
  const next = {
    title: patch.title ?? row.title,
    text: patch.text ?? row.text,
    // A tag of the text need not be given as well.
    own_labels: patch.labels ?? row.own_labels,
    ...(patch.attachedTo === undefined
      ? { ref_plugin: row.ref_plugin, ref_kind: row.ref_kind, ref_id: row.ref_id }
      : referenceColumns(patch.attachedTo)),
  };
  const changed = [
    next.title !== row.title && 'title',
    next.text !== row.text && 'text',
    next.own_labels.join(' ') !== row.own_labels.join(' ') && 'labels',
    (next.ref_id !== row.ref_id || next.ref_kind !== row.ref_kind) && 'attachedTo',
  ].filter((each) => each !== false);
  if (changed.length === 0 && options.restoredFrom === undefined) return row;

  const at = clock.now().toString();
  const derived = derive({ ...next, ownLabels: next.own_labels, files: await filesOf(tx, row.id) });
  if (derived.labels.length > mostLabels * 2)
    throw new InvalidInput({ errors: [{ pointer: '/labels', detail: 'These are too many labels for one note.' }] });
  const version = await updateNote(tx, { id: row.id, ...next, ...derived }, { person: actor.person, at });
  if (changed.includes('title') || changed.includes('text') || options.restoredFrom !== undefined) {
    await keepVersion(
      tx,
      {
        ...{ organisation: row.organisation_id, note: row.id, version, person: actor.person, at },
        ...{ title: next.title, text: next.text },
        ...(options.restoredFrom !== undefined && { restoredFrom: options.restoredFrom }),
      },
      settings.historyMinutes,
    );
  }
  const saved = (await findNote(tx, row.id, actor.person))!;
  await publish('note.changed', { ...factsOf(saved, context, version), changed }, originOf(saved));
  await hintNote(context, saved);
  return saved;
}
