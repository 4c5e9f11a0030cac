import { Icon, Kbd, keyNames } from '@task-connect/console';
import type { Command } from './commands.ts';
import type { Part } from './find.ts';
import css from './palette.module.css';

type PaletteOptionProps = {
  id: string;
  command: Command;
  parts: Part[];
  chosen: boolean;
  /** The head of the group that begins here. */
  head: string | undefined;
  onPoint(): void;
  onRun(): void;
};

/** A line of the palette: what it does or where it leads, and its key to be learnt. */
export function PaletteOption({ id, command, parts, chosen, head, onPoint, onRun }: PaletteOptionProps) {
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
        <span className={css.title} dir="auto">
          {parts.map((part, index) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one title
            part.hit ? <b key={index}>{part.text}</b> : part.text,
          )}
        </span>
        {command.detail && <small className={css.detail}>{command.detail}</small>}
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
