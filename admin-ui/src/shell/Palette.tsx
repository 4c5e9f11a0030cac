import { Dialog, Icon, Kbd } from '@task-connect/console';
import { type KeyboardEvent, useId, useState } from 'react';
import { t } from '../t.ts';
import { type Command, useCommands } from './commands.ts';
import { findIn, type Part } from './find.ts';
import { PaletteOption } from './PaletteOption.tsx';
import css from './palette.module.css';
import { useFound } from './use-found.ts';

type Listed = { command: Command; parts: Part[] };

/** Search or do anything: type, choose by the arrows, Enter. Each line teaches its key. */
export function Palette({ onClose }: { onClose(): void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const { found, failed, waiting } = useFound(typed);
  const commands = useCommands().flatMap((command): Listed[] => {
    const parts = findIn(command.title, typed);
    return parts ? [{ command, parts }] : [];
  });
  const listed: Listed[] =
    typed.trim() === ''
      ? commands
      : [
          ...commands.filter(({ command }) => command.kind === 'do'),
          ...commands.filter(({ command }) => command.kind === 'go'),
          // The server may have found them by words that are not in the title.
          ...found.map((command) => ({ command, parts: findIn(command.title, typed) ?? whole(command.title) })),
        ];
  const chosen = Math.min(at, listed.length - 1);

  const run = (command: Command | undefined) => {
    onClose();
    command?.run();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      if (listed.length > 0) run(listed[chosen]?.command);
    } else if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, listed.length));
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + listed.length) % Math.max(1, listed.length));
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
          <PaletteOption
            key={command.kind + (command.id ?? command.title)}
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
      {listed.length === 0 && !waiting && (
        <p className={css.none}>{t('Nothing here is called “{typed}”.', { typed })}</p>
      )}
      {failed.length > 0 && (
        <p className={css.none}>
          {t('{plugins} could not be searched now.', { plugins: new Intl.ListFormat('en').format(failed) })}
        </p>
      )}
      <div className={css.foot}>
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('choose')}
        </span>
        <span>
          <Kbd>Enter</Kbd> {t('do it')}
        </span>
        <span role="status">{waiting && t('Searching')}</span>
      </div>
    </Dialog>
  );
}

const heads = { do: t('Do'), go: t('Go to'), found: t('Found') };

const whole = (title: string): Part[] => [{ text: title, hit: false }];
