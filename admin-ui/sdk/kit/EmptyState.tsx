import type { ReactNode } from 'react';
import css from './empty-state.module.css';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';

type EmptyStateProps = {
  icon: IconName;
  /** What is missing. */
  title: string;
  /** How it comes about. */
  children?: ReactNode;
  /** One button, perhaps one example. */
  actions?: ReactNode;
};

/** Nothing is here: what is missing, how it comes about, one button that begins it. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <Icon name={icon} size={26} />
      <strong>{title}</strong>
      {children && <p>{children}</p>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
