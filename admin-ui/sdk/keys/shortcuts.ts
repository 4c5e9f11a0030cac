import { useEffect, useEffectEvent } from 'react';
import { makeStore } from '../store.ts';

/** A key of a screen. */
export type Shortcut = {
  /** The letter typed (`n`, `?`, `Enter`), a sequence (`g t`), or with Ctrl or ⌘ (`mod+k`). */
  keys: string;
  /** What it does, as the list of keys says it. */
  title: string;
  /** Also while the person types in a field. */
  inFields?: boolean;
  /** Without it the key is only named in the list: whatever has the focus listens for it itself. */
  run?(event: KeyboardEvent): void;
};

/** All that are there now; the newest stands first and wins. */
export const shortcuts = makeStore<readonly Shortcut[]>([]);

/** Whether keys without Ctrl or ⌘ do anything (WCAG 2.1.4). */
export const singleKeys = makeStore(true);

/**
 * A key for as long as the component is there. It does nothing in a field, and the list of keys (`?`) names it.
 * @example useShortcut({ keys: 'n', title: t('New task'), run: () => field.current?.focus() });
 */
export function useShortcut(shortcut: Shortcut | null): void {
  const run = useEffectEvent((event: KeyboardEvent) => shortcut?.run?.(event));
  const { keys, title, inFields = false } = shortcut ?? {};
  const does = shortcut?.run !== undefined;
  useEffect(() => {
    if (!keys || !title) return undefined;
    const added: Shortcut = { keys, title, inFields, ...(does && { run: (event) => run(event) }) };
    shortcuts.set([added, ...shortcuts.get()]);
    return () => shortcuts.set(shortcuts.get().filter((one) => one !== added));
  }, [keys, title, inFields, does]);
}

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])'));

// A dialog, and an open list whose Esc closes the list alone.
const hasKeysOfItsOwn = (event: KeyboardEvent) =>
  document.querySelector('dialog[open]') !== null ||
  (event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true');

let pending = '';
let pendingUntil = 0;

/** Hands a key to the shortcut that has it. The shell listens once for the whole page. */
export function pressKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey || hasKeysOfItsOwn(event)) return;
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const typed = mod ? `mod+${key}` : key;
  const sequence = pending !== '' && event.timeStamp < pendingUntil ? `${pending} ${typed}` : typed;
  const inField = isField(event.target);
  const fits = (one: Shortcut, keys: string) =>
    one.run !== undefined &&
    one.keys === keys &&
    (one.inFields || !inField) &&
    (mod || key.length > 1 || singleKeys.get());
  const found = shortcuts.get().find((one) => fits(one, sequence)) ?? shortcuts.get().find((one) => fits(one, typed));
  pending = '';
  if (found) {
    event.preventDefault();
    found.run?.(event);
  } else if (!inField && !mod && shortcuts.get().some((one) => one.keys.startsWith(`${sequence} `))) {
    pending = sequence;
    pendingUntil = event.timeStamp + 1200;
  }
}

/** Keys as they stand on a keyboard: `⌘K` on a Mac, `Ctrl K` elsewhere. */
export function keyNames(keys: string): string[] {
  const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);
  return keys.split(' ').map((key) => {
    const name = key.replace(/^mod\+/, '');
    const shown = name === ' ' ? 'Space' : name.length === 1 ? name.toUpperCase() : name;
    return key.startsWith('mod+') ? (isMac ? `⌘${shown}` : `Ctrl ${shown}`) : shown;
  });
}
