import { type Field, fieldsOf, type JsonSchema, type Values } from './schema.ts';

/** What was typed into fields, and what was saved in each of them when the typing began. */
export type Draft = Readonly<Record<string, { typed: unknown; over: unknown }>>;

/** The draft with a field typed into; what it was typed over stays that of the first letter. */
export const typeInto = (draft: Draft, name: string, typed: unknown, saved: unknown): Draft => ({
  ...draft,
  [name]: { typed, over: draft[name] ? draft[name].over : saved },
});

/** The draft without a field. */
export const without = (draft: Draft, name: string): Draft =>
  Object.fromEntries(Object.entries(draft).filter(([other]) => other !== name));

/** What the fields show: what was typed, and what is saved elsewhere. */
export const shownValues = (saved: Values, draft: Draft): Values => ({
  ...saved,
  ...Object.fromEntries(Object.entries(draft).map(([name, { typed }]) => [name, typed])),
});

/** Fields that somebody else saved while they were typed into, to another value: saving would overwrite that. */
export function overtakenFields(schema: JsonSchema, saved: Values, draft: Draft): Field[] {
  return fieldsOf(schema).filter(({ name }) => {
    const written = draft[name];
    return written !== undefined && !isSame(saved[name], written.over) && !isSame(saved[name], written.typed);
  });
}

/** A value as a sentence shows it. */
export function valueText({ schema }: Field, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : (schema.titles?.[String(value)] ?? String(value));
}

/** The draft without what must not be laid anywhere, within groups too; undefined when nothing else is in it. */
export function withoutSecrets(schema: JsonSchema, draft: Draft): Draft | undefined {
  const open = fieldsOf(schema).filter((field) => draft[field.name] && !hasSecret(field));
  if (open.length === 0) return undefined;
  return Object.fromEntries(open.map(({ name }) => [name, draft[name]!]));
}

const hasSecret = ({ kind, schema }: Field): boolean =>
  kind === 'secret' || [schema, schema.items].some((one) => one !== undefined && fieldsOf(one).some(hasSecret));

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
