import type { ReactNode } from 'react';
import css from './problem.module.css';
import { Status } from './Status.tsx';

type NoticeProps = {
  kind: 'warn' | 'bad';
  /** What happened. */
  title: ReactNode;
  /** What to do. */
  children?: ReactNode;
  /** Buttons that do it. */
  actions?: ReactNode;
  /** Names for whoever looks into it. */
  foot?: ReactNode;
};

/** Something that asks for action, in its place. */
export function Notice({ kind, title, children, actions, foot }: NoticeProps) {
  return (
    <div className={kind === 'warn' ? `${css.problem} ${css.warn}` : css.problem} role="alert">
      <div className={css.inner}>
        <span className={css.mark}>
          <Status kind={kind} />
        </span>
        <div className={css.text}>
          <strong>{title}</strong>
          {children}
        </div>
        {(actions || foot) && (
          <div className={css.actions}>
            {actions}
            {foot && <div className={css.foot}>{foot}</div>}
          </div>
        )}
      </div>
    </div>
  );
}
