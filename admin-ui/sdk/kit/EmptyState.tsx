import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { translator } from '../words/t.ts';
import css from './empty-state.module.css';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';

const t = translator('console');

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

/** Filters hide everything: says so, and offers to clear them. */
export function NothingFound({ onClear, children }: { onClear(): void; children?: ReactNode }) {
  return (
    <EmptyState
      icon="filter"
      title={t('Nothing fits the filter')}
      actions={<Button onClick={onClear}>{t('Clear it')}</Button>}
    >
      {children ?? t('There are entries, but the filter hides all of them.')}
    </EmptyState>
  );
}
