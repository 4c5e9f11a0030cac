import { type Hue, isHue } from './hue.ts';
import { type IconName, icons } from './icons.ts';

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

type PluginIconProps = Omit<Look, 'hue'> & { icon: string | null | undefined; hue: string | null | undefined };

/** A plugin’s icon in its hue; a name that the console does not have is drawn as a plug. */
export function PluginIcon({ icon, hue, ...look }: PluginIconProps) {
  return <Icon name={icon && icon in icons ? (icon as IconName) : 'plug'} hue={isHue(hue) ? hue : 'stone'} {...look} />;
}
