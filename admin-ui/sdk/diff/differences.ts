export type Difference = {
  /** The path of the field: `quiet.from`; empty for the thing itself. */
  field: string;
  before: string | undefined;
  after: string | undefined;
};

/** What differs between two states, field by field, nested ones by their path. */
export function differencesOf(before: unknown, after: unknown, path = ''): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isObject(before) && !isObject(after)) {
    const difference = { field: path, before: shown(before), after: shown(after) };
    return difference.before === difference.after ? [] : [difference];
  }
  const old: Record<string, unknown> = isObject(before) ? before : {};
  const now: Record<string, unknown> = isObject(after) ? after : {};
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) =>
    differencesOf(old[key], now[key], path ? `${path}.${key}` : key),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : typeof value === 'string' ? value : JSON.stringify(value);

/** A field’s title: that of the longest path that has one, and what lies below it. */
export function titleOfField(field: string, names: Readonly<Record<string, string>>): string {
  if (names[field]) return names[field];
  const parts = field.split('.');
  for (let length = parts.length - 1; length > 0; length--) {
    const title = names[parts.slice(0, length).join('.')];
    if (title) return [title, ...parts.slice(length)].join(' · ');
  }
  return field;
}
