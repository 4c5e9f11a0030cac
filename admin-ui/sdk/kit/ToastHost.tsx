import { useEffect, useState } from 'react';
import { useShortcut } from '../keys/shortcuts.ts';
import { useStore } from '../store.ts';
import { translator } from '../words/t.ts';
import { Icon } from './Icon.tsx';
import css from './toast.module.css';
import { dismissToast, type Toast, toasts, undoNewest } from './toast.ts';

const t = translator('console');

/** Shows what `toast` says, for eight seconds each, longer while one looks at it. The shell has one. */
export function ToastHost() {
  const shown = useStore(toasts);
  const undoable = shown.some((one) => one.undo);
  useShortcut(undoable ? { keys: 'z', title: t('Undo the last change'), run: undoNewest } : null);
  useShortcut(undoable ? { keys: 'mod+z', title: t('Undo the last change'), run: undoNewest } : null);
  return (
    <div className={css.host} role="status" aria-live="polite">
      {shown.map((one) => (
        <ToastLine key={one.id} toast={one} />
      ))}
    </div>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismissToast(toast.id), 8000);
    return () => clearTimeout(timer);
  }, [held, toast.id]);
  const undo = () => {
    dismissToast(toast.id);
    toast.undo?.();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: looking at it only makes it stay
    <div
      className={css.toast}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{toast.text}</span>
      {toast.undo && (
        <button type="button" onClick={undo}>
          <Icon name="arrow-back-up" size={16} />
          {t('Undo')} <kbd>Z</kbd>
        </button>
      )}
      <button type="button" aria-label={t('Close')} onClick={() => dismissToast(toast.id)}>
        <Icon name="x" size={15} />
      </button>
    </div>
  );
}
