/** What happened on the server, in a plugin or in the platform itself (`plugins-changed`). */
export type Hint = { type: string; plugin: string | null; data?: Record<string, unknown> };

export type LiveMessage =
  | { kind: 'hint'; hint: Hint }
  /** Whether hints arrive; after a gap `missed` says that some may be lost. */
  | { kind: 'state'; open: boolean; missed?: boolean };

export type Stream = {
  isOpen(): boolean;
  /** Tries at once when it was waiting to try again. */
  wake(): void;
  close(): void;
};

/** An EventSource that comes back by itself, also after an answer that makes a browser give up (401, 503). */
export function openStream(address: string, tell: (message: LiveMessage) => void): Stream {
  let source: EventSource;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let gap = false;

  const open = () => {
    waiting = undefined;
    source = new EventSource(address);
    source.onopen = () => {
      failures = 0;
      tell({ kind: 'state', open: true, missed: gap });
      gap = false;
    };
    source.onerror = () => {
      if (!gap) tell({ kind: 'state', open: false });
      gap = true;
      if (source.readyState !== EventSource.CLOSED) return;
      waiting = setTimeout(open, Math.min(30_000, 1000 * 2 ** failures++));
    };
    source.addEventListener('hint', ({ data }) => tell({ kind: 'hint', hint: JSON.parse(data) as Hint }));
  };
  open();

  return {
    isOpen: () => source.readyState === EventSource.OPEN,
    wake() {
      if (waiting === undefined) return;
      clearTimeout(waiting);
      open();
    },
    close() {
      clearTimeout(waiting);
      source.close();
    },
  };
}
