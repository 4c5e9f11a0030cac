import { type ReactNode, useEffect, useRef } from 'react';
import css from './dialog.module.css';

type DialogProps = {
  /** Its name for those who hear it, and its heading unless it is bare. */
  title: string;
  onClose(): void;
  children: ReactNode;
  /** Without margin, heading and scrim. */
  bare?: boolean;
};

/** The browser’s own modal dialog: it holds the focus, closes by Esc, and lies above everything. */
export function Dialog({ title, onClose, children, bare = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current!;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click beside it; the key for that is Esc, by the browser
    <dialog
      ref={dialog}
      className={bare ? `${css.dialog} ${css.bare}` : css.dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      {!bare && <h2>{title}</h2>}
      {children}
    </dialog>
  );
}

/** What will happen, a sentence each. */
export function Consequences({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul className={css.consequences}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** The buttons at a dialog’s end; a note stands left of them. */
export function DialogActions({ note, children }: { note?: ReactNode; children: ReactNode }) {
  return (
    <div className={css.actions}>
      <span>{note}</span>
      {children}
    </div>
  );
}
