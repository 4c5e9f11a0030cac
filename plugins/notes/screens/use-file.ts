import { api } from '@task-connect/console';
import { useEffect, useState } from 'react';
import { notesPath } from './queries.ts';

// An <img> cannot say in which organisation it asks, so the bytes are fetched and shown by an address of the page’s own.
// Those last used are kept: a wall of cards is drawn again often.

const most = 120;
const known = new Map<string, Promise<string>>();

function addressOf(path: string, size: string): Promise<string> {
  const name = `${path} ${size}`;
  const found = known.get(name);
  if (found) {
    known.delete(name);
    known.set(name, found);
    return found;
  }
  const made = api.file(path, { query: { size } }).then((blob) => URL.createObjectURL(blob));
  known.set(name, made);
  made.catch(() => known.delete(name));
  const [oldest] = known;
  if (known.size > most && oldest) {
    known.delete(oldest[0]);
    void oldest[1].then((address) => URL.revokeObjectURL(address));
  }
  return made;
}

/** An address at which a picture of a note can be shown; undefined until it is there, null when it cannot be. */
export function useFile(note: string, file: string | null, ready = true): string | null | undefined {
  const [address, setAddress] = useState<string | null>();
  useEffect(() => {
    setAddress(undefined);
    if (!file || !ready) return undefined;
    let gone = false;
    const show = (found: string | null) => {
      if (!gone) setAddress(found);
    };
    addressOf(`${notesPath}/${note}/attachments/${file}`, 'thumbnail').then(show, () => show(null));
    return () => {
      gone = true;
    };
  }, [note, file, ready]);
  return address;
}

/** Saves a file on the reader’s disk. */
export async function saveFile(note: string, file: { id: string; name: string }): Promise<void> {
  const blob = await api.file(`${notesPath}/${note}/attachments/${file.id}`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
