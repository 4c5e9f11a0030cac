/** What a firm has to do: its projects, and phrases whose `{slots}` are filled. */
export type Trade = {
  /** How many tasks there are in all. */
  tasks: number;
  /** A parent comes before what lies in it. */
  projects: readonly { name: string; parent?: string; notes: string }[];
  slots: Readonly<Record<string, readonly string[]>>;
  /** Project (or none), phrase, usual lengths in minutes, label. */
  phrases: readonly (readonly [project: string | null, phrase: string, minutes: readonly number[], label: string])[];
  notes: readonly string[];
  /** Small steps that many of them have. */
  steps: readonly string[];
  /** What one does without a task. */
  odd: readonly string[];
};

export type Random = () => number;

export const pick = <Value>(random: Random, from: readonly Value[]): Value => from[Math.floor(random() * from.length)]!;

/** From the first to the last, both included. */
export const between = (random: Random, first: number, last: number): number =>
  first + Math.floor(random() * (last - first + 1));

/** A phrase with its slots filled. */
export const filled = (random: Random, phrase: string, slots: Trade['slots']): string =>
  phrase.replaceAll(/\{(\w+)\}/g, (_, slot: string) => pick(random, slots[slot]!));
