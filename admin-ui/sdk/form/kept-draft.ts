// What is typed survives a reload that an upgrade offers: when the page goes, what is on it is laid into the tab’s own
// storage, and taken out again by the next page. Never a secret, and only for the person who typed it.

const place = 'tc-typed';
const onPage = new Map<string, unknown>();
const fromBefore = new Map<string, unknown>(readStored());

function readStored(): [string, unknown][] {
  try {
    const stored = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    return stored ? Object.entries(JSON.parse(stored)) : [];
  } catch {
    // Without storage (or in a test without a browser) a reload loses it, as everywhere.
    return [];
  }
}

if (typeof addEventListener === 'function') {
  addEventListener('pagehide', () => {
    try {
      if (onPage.size > 0) sessionStorage.setItem(place, JSON.stringify(Object.fromEntries(onPage)));
    } catch {
      // Full or switched off.
    }
  });
  // Out of the browser’s memory the page comes with all that was typed.
  addEventListener('pageshow', () => readStored());
}

/** Keeps what is typed under a name; undefined forgets it. */
export function keepTyped(name: string, typed: unknown): void {
  if (typed === undefined) onPage.delete(name);
  else onPage.set(name, typed);
}

/** What was typed under this name before the page was reloaded; once. */
export function takeTyped(name: string): unknown {
  const typed = fromBefore.get(name);
  fromBefore.delete(name);
  return typed;
}
