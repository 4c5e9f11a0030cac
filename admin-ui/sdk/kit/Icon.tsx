import { type IconName, icons } from './icons.ts';

/** Hues that a plugin may have; people's initials use the same. */
export type Hue = 'cobalt' | 'mustard' | 'plum' | 'rust' | 'slate' | 'moss' | 'iris' | 'stone';

type Look = { size?: number; hue?: Hue | null; className?: string };

/** An outline icon that says nothing by itself: the words stand beside it, or in the label of its button. */
export function Icon({ name, size = 17, hue, className }: Look & { name: IconName }) {
  const Drawn = icons[name];
  return (
    <Drawn
      size={size}
      stroke={size >= 20 ? 1.5 : 1.6}
      aria-hidden
      {...(hue ? { color: `var(--hue-${hue})` } : {})}
      {...(className ? { className } : {})}
    />
  );
}

/** A plugin’s icon in its hue; a name that the console does not have is drawn as a plug. */
export function PluginIcon({ icon, hue, ...look }: Look & { icon: string | null | undefined }) {
  return <Icon name={icon && icon in icons ? (icon as IconName) : 'plug'} hue={hue ?? 'stone'} {...look} />;
}
