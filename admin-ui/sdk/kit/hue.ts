/** Hues that a plugin may have; people’s initials use the same. */
export const hues = ['cobalt', 'mustard', 'plum', 'rust', 'slate', 'moss', 'iris', 'stone'] as const;
export type Hue = (typeof hues)[number];

export const isHue = (name: string | null | undefined): name is Hue => (hues as readonly unknown[]).includes(name);
