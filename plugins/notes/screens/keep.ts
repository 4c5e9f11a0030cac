import { ApiProblem, api, refresh } from '@task-connect/console';
import { useEffect, useSyncExternalStore } from 'react';
import { type Content, type Kept, makeNoteKeeper, type Sent } from './note-keeper.ts';
import { type Note, notesPath } from './queries.ts';

// The one keeper of the page: what is typed outlives the screens that it was typed in.

async function send(note: string, content: Content, version: number): Promise<Sent> {
  const path = `${notesPath}/${note}`;
  try {
    const saved = await api.patch<Note>(path, content, { version });
    void refresh(notesPath);
    return { ok: saved };
  } catch (error) {
    if (!(error instanceof ApiProblem)) return { failed: String(error), again: true };
    if (error.status !== 412) {
      const mayPass = error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500;
      return { failed: error.detail, again: mayPass };
    }
    return api.get<Note>(path).then(
      (theirs): Sent => ({ overtaken: theirs }),
      (): Sent => ({ failed: error.detail, again: true }),
    );
  }
}

export const keeper = makeNoteKeeper({
  send,
  storage: localStorage,
  later(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
  now: () => Temporal.Now.instant().toString(),
});

addEventListener('online', () => {
  for (const note of keeper.unsaved()) void keeper.flush(note);
});

/** A note’s text as it stands here: typed or saved. */
export function useKept(note: Note | undefined): Kept | undefined {
  const id = note?.id ?? '';
  const version = note?.version;
  useEffect(() => {
    if (note) keeper.open(note.id, { title: note.title, text: note.text, version: note.version });
  }, [note, version]);
  useEffect(() => () => void keeper.flush(id), [id]);
  return useSyncExternalStore(keeper.subscribe, () => keeper.get(id));
}
