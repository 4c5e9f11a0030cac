import { queryClient } from '../api/query-client.ts';
import { addressOf } from '../route/address.ts';
import { makeStore } from '../store.ts';
import { type Hint, type LiveMessage, openStream, type Source } from './stream.ts';

const listeners = new Set<(hint: Hint) => void>();

/** Whether live hints arrive; undefined until the first connection. */
export const liveState = makeStore<boolean | undefined>(undefined);

/** Whether there is no connection: it was lost for some seconds, or the device itself says so. For the shell to tell. */
export const offline = makeStore(false);

// A restart of the server is shorter than reading about it.
const patienceMs = 4000;
let patience: ReturnType<typeof setTimeout> | undefined;

function noteConnection(open: boolean): void {
  clearTimeout(patience);
  if (open) offline.set(false);
  else patience = setTimeout(() => offline.set(true), patienceMs);
}

function heard(message: LiveMessage): void {
  if (message.kind === 'hint') {
    for (const listener of [...listeners]) listener(message.hint);
    return;
  }
  liveState.set(message.open);
  noteConnection(message.open);
  // Nobody knows what was missed, so everything on the screen is read again.
  if (message.missed) void queryClient.invalidateQueries();
}

/** Begins to listen, in one worker for all tabs where the browser has such workers. */
export function startLive(organisation: string | undefined): void {
  const source = { address: new URL(addressOf('/api/live'), location.href).href, organisation };
  if (typeof SharedWorker === 'undefined') {
    listenHere(source);
    return;
  }
  const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), {
    type: 'module',
    name: 'task-connect-live',
  });
  let worked = false;
  worker.port.onmessage = ({ data }: MessageEvent<LiveMessage>) => {
    worked ||= data.kind === 'hint' || data.open;
    if (worked) {
      heard(data);
      return;
    }
    // Where a worker may not connect (a policy, an extension), the tab listens by itself.
    say('bye');
    worker.port.close();
    listenHere(source);
  };
  const say = (word: 'hello' | 'bye') => worker.port.postMessage({ ...source, say: word });
  say('hello');
  // A worker is not told when a tab goes, and a tab may come back out of the browser's memory.
  addEventListener('pagehide', () => say('bye'));
  addEventListener('pageshow', (event) => event.persisted && say('hello'));
  tryAgainSoon(() => say('hello'));
}

/** In this tab alone, where there are no shared workers. */
function listenHere(source: Source): void {
  const stream = openStream(source, heard);
  tryAgainSoon(() => stream.wake());
}

/** A device that comes back, or a tab that is looked at again, does not wait for the next try. */
function tryAgainSoon(again: () => void): void {
  addEventListener('online', again);
  addEventListener('offline', () => offline.set(true));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && again());
}

/** Calls `listener` for every hint until the function that it returns is called. */
export function onHint(listener: (hint: Hint) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
