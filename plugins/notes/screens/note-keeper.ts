// Keeps what a person types until the server has it. It belongs to no screen: going to another note, or to another page,
// ends no saving. What is not saved lies in the browser’s storage meanwhile, so a reload loses nothing either.

export type Content = { title: string; text: string };
export type Stored = Content & { version: number };

export type Keeping =
  /** As the server has it. */
  | { state: 'saved'; at: string | undefined }
  /** Typed, and not sent yet or on its way. */
  | { state: 'saving' }
  /** The server did not take it; it is tried again by itself. */
  | { state: 'not-saved'; reason: string }
  /** Somebody else changed it meanwhile: both are there. */
  | { state: 'overtaken'; theirs: Stored };

export type Kept = { content: Content; base: Stored; keeping: Keeping };

export type Sent = { ok: Stored } | { overtaken: Stored } | { failed: string; again: boolean };

export type NoteKeeper = ReturnType<typeof makeNoteKeeper>;

const pause = 700;
const retryAfter = 4000;

export function makeNoteKeeper(needs: {
  send(note: string, content: Content, version: number): Promise<Sent>;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  later(milliseconds: number, work: () => void): () => void;
  now(): string;
}) {
  const { send, storage, later, now } = needs;
  const notes = new Map<string, Kept>();
  const timers = new Map<string, () => void>();
  const sending = new Set<string>();
  const listeners = new Set<() => void>();
  const nameOf = (note: string) => `task-connect:note:${note}`;

  function set(note: string, kept: Kept): void {
    notes.set(note, kept);
    if (isSame(kept.content, kept.base)) storage.removeItem(nameOf(note));
    else {
      try {
        storage.setItem(nameOf(note), JSON.stringify({ ...kept.content, base: kept.base }));
      } catch {
        // The browser’s storage is full: it is still held here.
      }
    }
    for (const listener of listeners) listener();
  }

  function plan(note: string, milliseconds: number): void {
    timers.get(note)?.();
    timers.set(
      note,
      later(milliseconds, () => void save(note)),
    );
  }

  /** Sends what is not saved, one at a time for a note. */
  async function save(note: string): Promise<void> {
    timers.get(note)?.();
    timers.delete(note);
    const kept = notes.get(note);
    if (!kept || sending.has(note) || isSame(kept.content, kept.base) || kept.keeping.state === 'overtaken') return;
    sending.add(note);
    const given = kept.content;
    set(note, { ...kept, keeping: kept.keeping.state === 'not-saved' ? kept.keeping : { state: 'saving' } });
    const sent = await send(note, given, kept.base.version);
    sending.delete(note);
    const { content } = notes.get(note)!;
    if ('ok' in sent) {
      const isAll = isSame(content, given);
      // The server may write it in another form; what stands on the screen is what was typed.
      const base = { ...given, version: sent.ok.version };
      set(note, { content, base, keeping: isAll ? { state: 'saved', at: now() } : { state: 'saving' } });
      if (!isAll) plan(note, 0);
    } else if ('overtaken' in sent) {
      // Both wrote the same: there is nothing to choose.
      if (isSame(sent.overtaken, content)) {
        set(note, { content, base: sent.overtaken, keeping: { state: 'saved', at: now() } });
      } else set(note, { content, base: kept.base, keeping: { state: 'overtaken', theirs: sent.overtaken } });
    } else {
      set(note, { content, base: kept.base, keeping: { state: 'not-saved', reason: sent.failed } });
      if (sent.again) plan(note, retryAfter);
    }
  }

  function found(note: string): (Content & { base: Stored }) | undefined {
    try {
      return JSON.parse(storage.getItem(nameOf(note)) ?? '') ?? undefined;
    } catch {
      return undefined;
    }
  }

  return {
    /** What is known of a note; the server’s own as it was just read. */
    open(note: string, server: Stored): Kept {
      const kept = notes.get(note);
      const isClean = kept && isSame(kept.content, kept.base) && !sending.has(note);
      if (kept && !(isClean && server.version > kept.base.version)) return kept;
      const draft = kept ? undefined : found(note);
      const content = { title: server.title, text: server.text };
      if (!draft || isSame(draft, server)) {
        const fresh: Kept = { content, base: server, keeping: { state: 'saved', at: undefined } };
        set(note, fresh);
        return fresh;
      }
      const typed = { title: draft.title, text: draft.text };
      const isOvertaken = draft.base.version !== server.version;
      const back: Kept = isOvertaken
        ? { content: typed, base: draft.base, keeping: { state: 'overtaken', theirs: server } }
        : { content: typed, base: server, keeping: { state: 'saving' } };
      set(note, back);
      if (!isOvertaken) plan(note, 0);
      return back;
    },
    get: (note: string): Kept | undefined => notes.get(note),
    /** Typed: it is sent when the typing pauses. */
    type(note: string, change: Partial<Content>): void {
      const kept = notes.get(note);
      if (!kept) return;
      const content = { ...kept.content, ...change };
      if (isSame(content, kept.content)) return;
      const { keeping } = kept;
      set(note, { ...kept, content, keeping: keeping.state === 'saved' ? { state: 'saving' } : keeping });
      if (keeping.state !== 'overtaken') plan(note, pause);
    },
    /** Sends now what is not saved. */
    flush: save,
    /** After an overtaken change: one’s own text over theirs, or theirs. */
    async settle(note: string, choice: 'mine' | 'theirs'): Promise<void> {
      const kept = notes.get(note);
      if (kept?.keeping.state !== 'overtaken') return;
      const { theirs } = kept.keeping;
      const content = choice === 'mine' ? kept.content : { title: theirs.title, text: theirs.text };
      set(note, {
        content,
        base: theirs,
        keeping: { state: choice === 'mine' ? 'saving' : 'saved', at: undefined } as Keeping,
      });
      await save(note);
    },
    /** The server’s own replaces all: after a restore. */
    replace(note: string, server: Stored): void {
      const content = { title: server.title, text: server.text };
      set(note, { content, base: server, keeping: { state: 'saved', at: now() } });
    },
    /** Notes with something that is not saved, here or from before a reload. */
    unsaved: (): string[] => [...notes].filter(([, kept]) => !isSame(kept.content, kept.base)).map(([note]) => note),
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const isSame = (a: Content, b: Content): boolean => a.title === b.title && a.text === b.text;
