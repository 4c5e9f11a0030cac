import { makeEventReader } from './event-reader.ts';

/** What happened on the server, in a plugin or in the platform itself (`plugins-changed`). */
export type Hint = { type: string; plugin: string | null; data?: Record<string, unknown> };

export type LiveMessage =
  | { kind: 'hint'; hint: Hint }
  /** Whether hints arrive; after a gap `missed` says that some may be lost. */
  | { kind: 'state'; open: boolean; missed?: boolean };

/** Where hints come from, and for which organisation; none is the personal one. */
export type Source = { address: string; organisation: string | undefined };

export type Stream = {
  isOpen(): boolean;
  /** Tries at once when it was waiting to try again. */
  wake(): void;
  close(): void;
};

// The server says something every 15 seconds; a connection that is silent for so long is none.
const silentMs = 45_000;

/**
 * Listens, and comes back by itself whatever ended it. By fetch and not by EventSource, which cannot name the
 * organisation and gives up for good on an answer such as 503.
 */
export function openStream({ address, organisation }: Source, tell: (message: LiveMessage) => void): Stream {
  let connection = new AbortController();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let lastId: string | undefined;
  let failures = 0;
  let open = false;
  let gap = false;
  let closed = false;

  async function listen(): Promise<void> {
    waiting = undefined;
    connection = new AbortController();
    try {
      await read(connection);
    } catch {
      // However it ended, it is opened again.
    }
    if (closed) return;
    if (open || failures === 0) tell({ kind: 'state', open: false });
    open = false;
    gap = true;
    waiting = setTimeout(() => void listen(), Math.min(30_000, 500 * 2 ** failures++));
  }

  async function read(connection: AbortController): Promise<void> {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (organisation) headers['tc-organization'] = organisation;
    if (lastId) headers['last-event-id'] = lastId;
    let silence = setTimeout(() => connection.abort(), silentMs);
    try {
      const answer = await fetch(address, { headers, cache: 'no-store', signal: connection.signal });
      if (!answer.ok || !answer.body) return;
      open = true;
      failures = 0;
      tell({ kind: 'state', open, missed: gap });
      gap = false;
      const readEvents = makeEventReader();
      const pieces = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
        clearTimeout(silence);
        silence = setTimeout(() => connection.abort(), silentMs);
        for (const event of readEvents(piece.value)) {
          lastId = event.id ?? lastId;
          if (event.type === 'hint') tell({ kind: 'hint', hint: JSON.parse(event.data) as Hint });
        }
      }
    } finally {
      clearTimeout(silence);
    }
  }
  void listen();

  return {
    isOpen: () => open,
    wake() {
      if (waiting === undefined) return;
      clearTimeout(waiting);
      void listen();
    },
    close() {
      closed = true;
      clearTimeout(waiting);
      connection.abort();
    },
  };
}
