import type { CSSProperties } from 'react';
import type { Hue } from './hue.ts';
import css from './person.module.css';

const hues: readonly Hue[] = ['cobalt', 'plum', 'rust', 'moss', 'iris', 'slate'];

const hueOf = (name: string): Hue =>
  hues[[...name].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % hues.length]!;

const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word ? [...word][0]!.toUpperCase() : ''))
    .join('');
};

/** A person’s initials in a hue of their own. */
export function PersonMark({ name, size = 20 }: { name: string; size?: number }) {
  const style = { '--size': `${size}px`, '--hue': `var(--hue-${hueOf(name)})` } as CSSProperties;
  return (
    <span className={css.mark} style={style} title={name} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** A person: initials and name. */
export function Person({ name, size = 20 }: { name: string; size?: number }) {
  return (
    <span className={css.person}>
      <PersonMark name={name} size={size} />
      <bdi>{name}</bdi>
    </span>
  );
}
