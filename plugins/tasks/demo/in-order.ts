/** Something to be done, once those named in `after` are done; `name` is its own. */
export type Step = { at: Temporal.Instant; name?: string; after: readonly string[]; run(): Promise<unknown> };

const lanes = 12;

/** Does the steps in the order of their times, a few at once; one waits for the last before it of each name it has. */
export async function inOrder(steps: readonly Step[]): Promise<void> {
  const sorted = steps.toSorted((one, other) => Temporal.Instant.compare(one.at, other.at));
  const last = new Map<string, Promise<unknown>>();
  let next = 0;
  async function lane(): Promise<void> {
    for (let step = sorted[next++]; step; step = sorted[next++]) {
      const names = step.name === undefined ? step.after : [step.name, ...step.after];
      const before = names.flatMap((name) => last.get(name) ?? []);
      const done = Promise.all(before).then(step.run);
      if (step.name !== undefined) last.set(step.name, done);
      await done;
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
}
