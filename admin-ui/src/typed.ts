// Whether somebody has typed something here that is saved nowhere. Fields are looked at as they are now: a form that was
// saved has its text back, a line that was sent is empty.

const touched = new Map<Element, string>();

const textOf = (field: Element): string =>
  field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : (field.textContent ?? '');

const isField = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['checkbox', 'radio', 'search'].includes(target.type)) ||
  (target instanceof HTMLElement && target.isContentEditable);

/** Begins to notice what is typed. */
export function noticeTyping(): void {
  document.addEventListener('beforeinput', ({ target }) => {
    if (isField(target) && !touched.has(target)) touched.set(target, textOf(target));
  });
  document.addEventListener('submit', () => touched.clear());
}

/** Whether a field that is still there has other text than before it was typed into. */
export function hasTyped(): boolean {
  for (const [field, before] of touched) {
    if (!field.isConnected) touched.delete(field);
    else if (textOf(field).trim() !== '' && textOf(field) !== before) return true;
  }
  return false;
}
