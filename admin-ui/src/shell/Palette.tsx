import { Dialog, Icon, Kbd, keyNames } from '@task-connect/console';
import { type KeyboardEvent, useId, useState } from 'react';
import { t } from '../t.ts';
import { type Command, useCommands } from './commands.ts';
import { findIn, type Part } from './find.ts';
import css from './palette.module.css';

/** Search or do anything: type, choose by the arrows, Enter. Each line teaches its key. */
export function Palette({ onClose }: { onClose(): void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const found = useCommands().flatMap((command) => {
    const parts = findIn(command.title, typed);
    return parts ? [{ command, parts }] : [];
  });
  const listed = typed.trim() === '' ? found : [...only(found, 'do'), ...only(found, 'go')];
  const chosen = Math.min(at, listed.length - 1);

  const run = (command: Command | undefined) => {
    onClose();
    command?.run();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') run(listed[chosen]?.command);
    else if (event.key === 'ArrowDown') setAt((chosen + 1) % listed.length);
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + listed.length) % listed.length);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog bare title={t('Search or do')} onClose={onClose}>
      <div className={css.find}>
        <Icon name="search" size={18} />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={listed.length > 0 ? `${id}-${chosen}` : undefined}
          aria-label={t('Search or do')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div className={css.list} id={`${id}-list`} role="listbox" aria-label={t('What can be done')}>
        {listed.map(({ command, parts }, index) => (
          <Option
            key={command.kind + command.title}
            id={`${id}-${index}`}
            command={command}
            parts={parts}
            chosen={index === chosen}
            head={command.kind === listed[index - 1]?.command.kind ? undefined : heads[command.kind]}
            onPoint={() => setAt(index)}
            onRun={() => run(command)}
          />
        ))}
      </div>
      {listed.length === 0 && <p className={css.none}>{t('Nothing here is called “{typed}”.', { typed })}</p>}
      <div className={css.foot}>
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('choose')}
        </span>
        <span>
          <Kbd>Enter</Kbd> {t('do it')}
        </span>
      </div>
    </Dialog>
  );
}

const heads = { do: t('Do'), go: t('Go to') };

const only = (found: { command: Command; parts: Part[] }[], kind: Command['kind']) =>
  found.filter(({ command }) => command.kind === kind);

type OptionProps = {
  id: string;
  command: Command;
  parts: Part[];
  chosen: boolean;
  head: string | undefined;
  onPoint(): void;
  onRun(): void;
};

function Option({ id, command, parts, chosen, head, onPoint, onRun }: OptionProps) {
  return (
    <>
      {head && (
        <div className={css.group} role="presentation">
          {head}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field that owns the list */}
      <div
        id={id}
        className={css.option}
        role="option"
        tabIndex={-1}
        aria-selected={chosen}
        ref={(element) => {
          if (chosen) element?.scrollIntoView({ block: 'nearest' });
        }}
        onMouseMove={onPoint}
        onClick={onRun}
      >
        <Icon name={command.icon} {...(command.hue ? { hue: command.hue } : {})} />
        <span>
          {parts.map((part, index) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one title
            part.hit ? <b key={index}>{part.text}</b> : part.text,
          )}
        </span>
        {command.keys && (
          <span className={css.keys} aria-hidden="true">
            {keyNames(command.keys).map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </span>
        )}
      </div>
    </>
  );
}
