import type { z } from '@task-connect/sdk';

// What an operator has set for a plugin, as its schema reads it now. Pure.

type Schema = z.ZodObject | undefined;
type Values = Record<string, unknown>;

export type EffectiveSettings = {
  values: Values;
  /** Saved ones that the schema does not take any more. */
  refused: string[];
  /** Those without a default that nobody has set. */
  missing: string[];
};

/** The values that hold: one that a newer schema refuses gives way to its default, rather than stop the plugin. */
export function effectiveSettings(schema: Schema, saved: Values): EffectiveSettings {
  if (!schema) return { values: {}, refused: [], missing: [] };
  const refused: string[] = [];
  for (let left = saved; ; ) {
    const parsed = schema.safeParse(left);
    if (parsed.success) return { values: parsed.data, refused, missing: [] };
    const faulty = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? '')))];
    if (Object.keys(left).length === 0) return { values: {}, refused, missing: faulty };
    // A rule about several of them together names none: then all give way.
    const wrong = faulty.some((key) => key in left) ? faulty : Object.keys(left);
    refused.push(...wrong.filter((key) => key in left));
    left = Object.fromEntries(Object.entries(left).filter(([key]) => !wrong.includes(key)));
  }
}

/** What is wrong with values that somebody wants to save, with where it is. */
export function faultsOfNewSettings(id: string, schema: Schema, values: Values): { pointer: string; detail: string }[] {
  if (!schema) return [{ pointer: '/values', detail: `${id} has no settings.` }];
  const parsed = schema.strict().safeParse(values);
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message }) => ({
      pointer: ['/values', ...path.map(String)].join('/'),
      detail: message,
    }));
  }
  const text = JSON.stringify(values);
  // What jsonb refuses; JSON writes half a character as an escape of a surrogate.
  if (/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/.test(text))
    return [{ pointer: '/values', detail: 'A text holds a NUL or half a character; send well-formed Unicode.' }];
  return [];
}
