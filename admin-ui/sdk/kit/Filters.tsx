import { Kbd, Menu } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useShortcut } from '../keys/shortcuts.ts';
import { translator } from '../words/t.ts';
import css from './filter.module.css';
import { Icon } from './Icon.tsx';

const t = translator('console');

/** The line above a list that says what of it is shown; a note stands at its end, such as the count. */
export function FilterBar({ note, children }: { note?: ReactNode; children: ReactNode }) {
  return (
    <search className={css.bar}>
      {children}
      {note && <span className={css.note}>{note}</span>}
    </search>
  );
}

type FilterMenuProps = {
  label: string;
  /** The chosen value; null shows all. */
  value: string | null;
  options: readonly { value: string; title: string }[];
  onChange(value: string | null): void;
  /** What is shown when nothing is chosen: “any project”. */
  all: string;
};

/** One question about a list, as a chip with its choices. */
export function FilterMenu({ label, value, options, onChange, all }: FilterMenuProps) {
  const chosen = options.find((option) => option.value === value);
  const items = [{ value: null, title: all }, ...options];
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={css.chip} data-set={chosen ? true : undefined}>
          {chosen ? `${label}: ${chosen.title}` : label}
          <Icon name="chevron-down" size={13} />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={360}>
        {items.map((option) => (
          <Menu.Item
            key={option.value}
            onClick={() => onChange(option.value)}
            rightSection={(chosen?.value ?? null) === option.value && <Icon name="check" size={15} />}
          >
            {option.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A choice that is on or off: “Mine”. */
export function FilterToggle({ title, on, onChange }: { title: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <button
      type="button"
      className={css.chip}
      data-set={on || undefined}
      aria-pressed={on}
      onClick={() => onChange(!on)}
    >
      {title}
    </button>
  );
}

type FilterTextProps = {
  value: string;
  onChange(value: string): void;
  /** What is looked for, where “Filter” says too little. */
  hint?: string;
};

/** Words to look for; `/` goes there. It waits until one pauses. */
export function FilterText({ value, onChange, hint }: FilterTextProps) {
  const [typed, setTyped] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  useShortcut({ keys: '/', title: t('Filter this list'), run: () => field.current?.focus() });
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => onChange(typed), 200);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <label className={css.text}>
      <Icon name="filter" size={14} />
      <input
        ref={field}
        type="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={hint ?? t('Filter')}
        aria-label={t('Filter this list')}
      />
      {typed === '' && <Kbd>/</Kbd>}
    </label>
  );
}
