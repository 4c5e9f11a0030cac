import { api, type Edit, editItems, editOf, useApi, useApiPages, useChange } from '@task-connect/console';
import type { Attachment } from '../attachment/attachment.ts';
import type { LabelList } from '../label/label-routes.ts';
import type { Grant, MarkPatch, Note, NoteCard, NotePatch } from '../note/note.ts';
import type { PublicNote } from '../sharing/link-routes.ts';
import type { NoteVersion, NoteVersionText } from '../version/version-routes.ts';

export type { Attachment, Grant, LabelList, Note, NoteCard, NoteVersion, PublicNote };

export const notesPath = '/api/notes';
const live = ['note-changed'];

export type WallQuery = {
  in?: string | undefined;
  text?: string | undefined;
  label?: string | undefined;
  pinned?: boolean;
};

/** Cards of the wall, page by page; null waits. */
export const useCards = (query: WallQuery | null) =>
  useApiPages<NoteCard>(query && notesPath, { query: { ...query, limit: 60, count: true }, live });

export const useNote = (id: string | undefined) => useApi<Note>(id ? `${notesPath}/${id}` : null, { live });

export const useLabels = () => useApi<LabelList>(`${notesPath}/labels`, { live });

export const useVersions = (id: string) => useApi<{ items: NoteVersion[] }>(`${notesPath}/${id}/versions`, { live });

export const useVersion = (id: string, number: number | undefined) =>
  useApi<NoteVersionText>(number === undefined ? null : `${notesPath}/${id}/versions/${number}`);

export const usePublicNote = (token: string) => useApi<PublicNote>(`${notesPath}/public/${token}`);

export type NewNoteDraft = { title?: string; text?: string; labels?: string[] };

export const useAddNote = () =>
  useChange({ send: (draft: NewNoteDraft) => api.post<Note>(notesPath, draft), refreshes: [notesPath] });

/** Pin, colour and archive, on the screen in the same frame. */
export const useMark = () =>
  useChange({
    send: ({ id, mark }: { id: string; mark: MarkPatch }) => api.patch<NoteCard>(`${notesPath}/${id}/mine`, mark),
    edits: ({ id, mark }) => editsOf(id, mark),
    refreshes: [notesPath],
  });

/** Labels and what it is attached to: what is not typed into the text. */
export const useChangeNote = () =>
  useChange({
    send: ({ note, patch }: { note: Pick<Note, 'id' | 'version'>; patch: NotePatch }) =>
      api.patch<Note>(`${notesPath}/${note.id}`, patch, { version: note.version }),
    refreshes: [notesPath],
  });

const done = async (work: Promise<unknown>): Promise<true> => {
  await work;
  return true;
};

export const useTrash = () =>
  useChange({
    send: (id: string) => done(api.delete(`${notesPath}/${id}`)),
    edits: (id) => [editItems<NoteCard>(notesPath, (items) => items.filter((one) => one.id !== id))],
    refreshes: [notesPath],
  });

export const useBringBack = () =>
  useChange({ send: (id: string) => api.post<Note>(`${notesPath}/${id}/restore`), refreshes: [notesPath] });

export const useErase = () =>
  useChange({ send: (id: string) => done(api.post(`${notesPath}/${id}/erase`)), refreshes: [notesPath] });

export const useShare = (id: string) =>
  useChange({
    send: ({ kind, id: grantee, access }: Omit<Grant, 'access'> & { access: Grant['access'] | null }) =>
      done(
        access === null
          ? api.delete(`${notesPath}/${id}/sharing/${grantee}`)
          : api.put(`${notesPath}/${id}/sharing/${grantee}`, { kind, access }),
      ),
    refreshes: [notesPath],
  });

export const useLink = (id: string) =>
  useChange({
    send: (on: boolean) => done(on ? api.post(`${notesPath}/${id}/link`) : api.delete(`${notesPath}/${id}/link`)),
    refreshes: [notesPath],
  });

export const useRestoreVersion = (id: string) =>
  useChange({
    send: ({ number, version }: { number: number; version: number }) =>
      api.post<Note>(`${notesPath}/${id}/versions/${number}/restore`, undefined, { version }),
    refreshes: [notesPath],
  });

export const useRenameLabel = () =>
  useChange({
    send: (names: { from: string; to: string }) => api.post<{ notes: number }>(`${notesPath}/labels/rename`, names),
    refreshes: [notesPath],
  });

export const useRemoveFile = (note: string) =>
  useChange({
    send: (file: string) => done(api.delete(`${notesPath}/${note}/attachments/${file}`)),
    refreshes: [notesPath],
  });

/** A note stands in lists and alone; each is edited. */
function editsOf(id: string, change: MarkPatch): Edit[] {
  const edit = <One extends object>(one: One): One => ({ ...one, ...change });
  return [
    editItems<NoteCard>(notesPath, (items) => items.map((one) => (one.id === id ? edit(one) : one))),
    editOf<Note>(`${notesPath}/${id}`, (one) => ('text' in one ? edit(one) : one)),
  ];
}
