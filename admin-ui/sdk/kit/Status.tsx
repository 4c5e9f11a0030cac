import type { ReactNode } from 'react';
import css from './status.module.css';

/** What is well stays grey; colour is for what runs, waits for somebody, or has failed. */
export type StatusKind = 'ok' | 'busy' | 'warn' | 'bad' | 'off';

const shapes: Record<StatusKind, ReactNode> = {
  ok: (
    <path
      d="M2 6.4l2.6 2.6L10 3.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  busy: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  warn: <path d="M6 1l5.3 9.6H.7z" fill="currentColor" />,
  bad: <path d="M3.6.8h4.8L11.2 3.6v4.8L8.4 11.2H3.6L.8 8.4V3.6z" fill="currentColor" />,
  off: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

/** A state by shape first, then by word, then by colour. */
export function Status({ kind, children }: { kind: StatusKind; children?: ReactNode }) {
  return (
    <span className={`${css.status} ${css[kind] ?? ''}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {shapes[kind]}
      </svg>
      {children}
    </span>
  );
}
