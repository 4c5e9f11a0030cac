import { makeStore } from '../store.ts';

export type Question = {
  /** The question, with the name: “Disable Notifications?” */
  title: string;
  /** What will happen, as sentences with the server’s counts. */
  consequences: readonly string[];
  /** The verb on the button that does it. */
  act: string;
  /** The verb on the safe button: “Keep it on”. */
  keep: string;
  /** What makes it less final. */
  note?: string;
  danger?: boolean;
  /** Only for what deletes data: it is done once this name is typed. */
  typeName?: string;
};

export const asked = makeStore<(Question & { answer(yes: boolean): void }) | null>(null);

/**
 * Asks before something that cannot be undone or touches others; for everything else, do it and offer Undo.
 * @example if (await confirm({ title: `Disable ${name}?`, consequences, keep: 'Keep it on', act: 'Disable' })) …
 */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    asked.get()?.answer(false);
    asked.set({
      ...question,
      answer: (yes) => {
        asked.set(null);
        resolve(yes);
      },
    });
  });
}
