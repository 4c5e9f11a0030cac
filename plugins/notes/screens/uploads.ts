import { ApiProblem, api, refresh } from '@task-connect/console';
import { useSyncExternalStore } from 'react';
import { keeper } from './keep.ts';
import { type Attachment, notesPath } from './queries.ts';

// Files on their way to a note. Like what is typed, they belong to no screen: whoever goes to another note meanwhile finds
// the file where it was put. What a reload cut off is told, because the browser does not give the file back.

export type Upload = { id: number; note: string; name: string; problem?: string };

let uploads: readonly Upload[] = lost();
let last = 0;
const listeners = new Set<() => void>();
const storageName = 'task-connect:note-uploads';

function lost(): Upload[] {
  try {
    const names = JSON.parse(localStorage.getItem('task-connect:note-uploads') ?? '[]') as Pick<
      Upload,
      'note' | 'name'
    >[];
    return names.map((each, i) => ({
      ...each,
      id: -1 - i,
      problem: 'The page was left before it was saved. Add it again.',
    }));
  } catch {
    return [];
  }
}

function set(next: readonly Upload[]): void {
  uploads = next;
  if (next.length === 0) localStorage.removeItem(storageName);
  else localStorage.setItem(storageName, JSON.stringify(next.map(({ note, name }) => ({ note, name }))));
  for (const listener of listeners) listener();
}

addEventListener('beforeunload', (event) => {
  if (uploads.some(({ problem }) => problem === undefined)) event.preventDefault();
});

/** Sends a file to a note; undefined when it was refused, which then stands beside the note. */
export async function upload(note: string, file: File): Promise<Attachment | undefined> {
  last += 1;
  const id = last;
  const name = file.name || 'picture.png';
  set([...uploads, { id, note, name }]);
  try {
    const sent = await api.upload<Attachment>(`${notesPath}/${note}/attachments`, file, { query: { name } });
    set(uploads.filter((one) => one.id !== id));
    void refresh(notesPath);
    return sent;
  } catch (error) {
    const problem = error instanceof ApiProblem ? error.detail : String(error);
    set(uploads.map((one) => (one.id === id ? { ...one, problem } : one)));
    return undefined;
  }
}

export const pictureText = ({ id, name }: Pick<Attachment, 'id' | 'name'>): string =>
  `![${name.replace(/[[\]\\]/g, ' ')}](attachment:${id})`;

/** Puts a picture at the end of a note’s text, where the note is no longer open. */
export function appendPicture(note: string, file: Attachment): void {
  const kept = keeper.get(note);
  if (kept) keeper.type(note, { text: `${kept.content.text.trimEnd()}\n\n${pictureText(file)}\n`.trimStart() });
}

export const dismissUpload = (id: number): void => set(uploads.filter((one) => one.id !== id));

/** Files of a note that are on their way, or did not arrive. */
export const useUploads = (note: string): readonly Upload[] =>
  useSyncExternalStore(subscribe, () => uploads).filter((one) => one.note === note);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
