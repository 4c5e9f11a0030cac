import { declareProblem, InvalidInput } from '@task-connect/sdk';
import { z } from 'zod';
import { type NotesContext, notes } from '../contract.ts';
import { Note } from '../note/note.ts';
import { accessOf, NoteInTrash, NoteNotYours, ownNote, seenNote } from '../note/note-access.ts';
import { factsOf, hintNote, originOf } from '../note/note-events.ts';
import { wholeNote } from '../note/note-parts.ts';
import { findNote, type NoteRow, updateAside } from '../note/note-table.ts';

const mostGrants = 200;

export const SharedTooWide = declareProblem({
  type: 'notes/shared-too-wide',
  status: 409,
  title: 'This note is shared with too many',
  detail: () => `A note is shared with ${mostGrants} people and organisations at most. Share it with an organisation.`,
});

type Grants = Pick<NoteRow, 'viewers' | 'editors' | 'viewer_organisations' | 'editor_organisations'>;

const without = (row: NoteRow, id: string): Grants => ({
  viewers: row.viewers.filter((each) => each !== id),
  editors: row.editors.filter((each) => each !== id),
  viewer_organisations: row.viewer_organisations.filter((each) => each !== id),
  editor_organisations: row.editor_organisations.filter((each) => each !== id),
});

async function save(context: NotesContext, row: NoteRow, grants: Grants): Promise<NoteRow> {
  await updateAside(context.tx, row.id, grants);
  // Those who lose it hear of it as well, by what they saw of it before.
  await hintNote(context, row);
  const after = (await findNote(context.tx, row.id, context.actor.person)) ?? { ...row, ...grants };
  await hintNote(context, after);
  return after;
}

async function checkGrantee({ people, actor }: NotesContext, kind: 'person' | 'organisation', id: string) {
  const members = await people.members(kind === 'person' ? actor.organisation : id);
  const isKnown = members.some(({ person }) => person === (kind === 'person' ? id : actor.person));
  if (isKnown && id !== actor.person) return;
  const detail =
    kind === 'organisation'
      ? 'You can share with organisations that you are in.'
      : id === actor.person
        ? 'It is yours already.'
        : 'This person is not in the organisation. Share with an organisation that you are both in.';
  throw new InvalidInput({ errors: [{ pointer: '/grantee', detail }] });
}

const params = z.object({ noteId: z.uuid(), grantee: z.uuid().overwrite((id) => id.toLowerCase()) });

export const shareNote = notes.route({
  method: 'PUT',
  path: '/notes/:noteId/sharing/:grantee',
  summary: 'Let a person or an organisation see or change a note',
  permission: 'notes:share',
  params,
  body: z.strictObject({ kind: z.enum(['person', 'organisation']), access: z.enum(['view', 'edit']) }),
  returns: Note,
  async handle({ params: { noteId, grantee }, body: { kind, access }, actor }, context) {
    const row = await ownNote(context.tx, actor, noteId, 'share');
    if (row.trashed_at) throw new NoteInTrash({});
    await checkGrantee(context, kind, grantee);
    const grants = without(row, grantee);
    const list =
      kind === 'person'
        ? access === 'edit'
          ? grants.editors
          : grants.viewers
        : access === 'edit'
          ? grants.editor_organisations
          : grants.viewer_organisations;
    list.push(grantee);
    if (Object.values(grants).flat().length > mostGrants) throw new SharedTooWide({});
    const after = await save(context, row, grants);
    const isNew = ![...row.viewers, ...row.editors].includes(grantee);
    await context.publish(
      'note.shared',
      { ...factsOf(row, context, row.version), kind, grantee, access },
      originOf(row),
    );
    if (kind === 'person' && isNew) {
      await context.notify('shared', {
        person: grantee,
        title: row.title || 'A note',
        body: access === 'edit' ? `${actor.name} lets you change it.` : `${actor.name} lets you read it.`,
        link: `/notes/${row.id}`,
        key: `shared:${row.id}:${grantee}`,
      });
    }
    return wholeNote(context, after);
  },
});

export const unshareNote = notes.route({
  method: 'DELETE',
  path: '/notes/:noteId/sharing/:grantee',
  summary: 'Share a note no longer with somebody, or leave one that is shared with you',
  permission: 'notes:mark',
  params,
  async handle({ params: { noteId, grantee }, actor }, context) {
    const row = await seenNote(context.tx, actor, noteId);
    const isOwner = accessOf(row, actor) === 'owner';
    if (!isOwner && grantee !== actor.person) throw new NoteNotYours({ what: 'share' });
    if (isOwner && !actor.may('notes:share')) throw new NoteNotYours({ what: 'share' });
    if (isOwner) await save(context, row, without(row, grantee));
    else await leave(context, row);
    await context.publish(
      'note.shared',
      { ...factsOf(row, context, row.version), kind: 'person', grantee, access: null },
      originOf(row),
    );
  },
});

/** Whoever may only read it may change no row of it: their own name is taken off by a function of the database. */
async function leave(context: NotesContext, row: NoteRow): Promise<void> {
  await context.tx.knex.raw('select leave_note(?)', [row.id]);
  await hintNote(context, row);
}
