import { ActionIcon } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useShortcut } from '../keys/shortcuts.ts';
import { useStore } from '../store.ts';
import { translator } from '../words/t.ts';
import { Icon } from './Icon.tsx';
import css from './side-panel.module.css';
import { sideSlot } from './slots.ts';

const t = translator('console');

type SidePanelProps = {
  title: string;
  /** Instead of the title, which is then only told: a bar of buttons. */
  tools?: ReactNode;
  /** Stands before the buttons: “Saved 10:41”. */
  note?: ReactNode;
  actions?: ReactNode;
  onClose(): void;
  children: ReactNode;
};

/** A labelled region beside the page; Esc closes it and the focus goes back to where it was. */
export function SidePanel({ title, tools, note, actions, onClose, children }: SidePanelProps) {
  const slot = useStore(sideSlot);
  const region = useRef<HTMLElement>(null);
  useShortcut({ keys: 'Escape', title: t('Close the panel'), inFields: true, run: onClose });
  useEffect(() => {
    if (!slot) return undefined;
    const before = document.activeElement;
    region.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [slot]);
  if (!slot) return null;
  return createPortal(
    <section ref={region} className={css.panel} aria-label={title} tabIndex={-1}>
      <header className={css.head}>
        {tools ?? <h2>{title}</h2>}
        {note && <span className={css.note}>{note}</span>}
        {actions}
        <ActionIcon aria-label={t('Close')} onClick={onClose}>
          <Icon name="x" />
        </ActionIcon>
      </header>
      <div className={css.body}>{children}</div>
    </section>,
    slot,
  );
}
