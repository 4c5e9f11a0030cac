import { Kbd } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTyped } from '../form/use-typed.ts';
import { useShortcut } from '../keys/shortcuts.ts';
import { useStore } from '../store.ts';
import { translator } from '../words/t.ts';
import css from './capture.module.css';
import { Icon } from './Icon.tsx';
import { useTelephone } from './media.ts';
import { captureSlot } from './slots.ts';

const t = translator('console');

type CaptureProps = {
  /** “Add a task” */
  label: string;
  /** An example of what can be typed: it teaches better than a help text. */
  example: string;
  /** What will be made of the text, shown while it is typed. */
  understood?(text: string): ReactNode;
  /** Gives false when it was refused; the text then stays. */
  onAdd(text: string): Promise<boolean>;
};

/** One line that takes something down at once: above a list, or at the thumb on a telephone. `N` goes there. */
export function Capture({ label, example, understood, onAdd }: CaptureProps) {
  const [text, setText] = useTyped(`capture ${label}`, '');
  const field = useRef<HTMLInputElement>(null);
  const telephone = useTelephone();
  const slot = useStore(captureSlot);
  useShortcut({ keys: 'n', title: label, run: () => field.current?.focus() });

  const add = async (event: FormEvent) => {
    event.preventDefault();
    const given = text.trim();
    if (given === '') return;
    setText('');
    if (!(await onAdd(given))) setText((now) => now || given);
  };
  const leave = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Escape') return;
    setText('');
    event.currentTarget.blur();
  };
  const line = (
    <form className={telephone ? css.floating : css.line} onSubmit={add}>
      <div className={css.field}>
        <Icon name="plus" size={telephone ? 21 : 16} />
        <input
          ref={field}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={leave}
          placeholder={telephone ? `${label}…` : t('{label}, e.g. {example}', { label, example })}
          aria-label={label}
          maxLength={500}
          enterKeyHint="done"
          autoComplete="off"
        />
        {!telephone && text === '' && <Kbd>N</Kbd>}
      </div>
      <div className={css.hint}>{text.trim() === '' ? null : understood?.(text)}</div>
    </form>
  );
  return telephone && slot ? createPortal(line, slot) : line;
}
