// A field that is left by a press elsewhere may grow a line that says what is wrong. What stands below would move away
// from under the pointer, and the press would hit nothing.

let isPressed = false;
if (typeof addEventListener === 'function') {
  addEventListener('pointerdown', () => (isPressed = true), true);
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => (isPressed = false), true);
}

/** Does it now, or when the press that is under way has done what it was for. */
export function afterPress(act: () => void): void {
  if (!isPressed) act();
  // The click itself comes within the same turn.
  else addEventListener('pointerup', () => setTimeout(act), { once: true });
}
