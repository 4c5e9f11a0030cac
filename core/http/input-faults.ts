import type { z } from 'zod';

// What is wrong with an input, said so that its sender can mend it. A message that the author of a schema wrote wins.

export type Fault = { pointer: string; detail: string };

/** Reads `value` by `schema`; what is wrong with it is added to `faults`. */
export function readInput(schema: z.ZodType, value: unknown, at: readonly string[], faults: Fault[]): unknown {
  const result = schema.safeParse(value, told);
  if (result.success) return result.data;
  for (const issue of result.error.issues) addFaults(issue, at, faults);
  return undefined;
}

/** A JSON Pointer (RFC 6901). */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function addFaults(issue: z.core.$ZodIssue, at: readonly PropertyKey[], faults: Fault[]): void {
  const path = [...at, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      faults.push({ pointer: pointerTo([...path, key]), detail: 'There is no field of this name; leave it out.' });
    }
    return;
  }
  const nearest = issue.code === 'invalid_union' ? nearestOption(issue.errors) : undefined;
  if (nearest) for (const inner of nearest) addFaults(inner, path, faults);
  else faults.push({ pointer: pointerTo(path), detail: issue.message });
}

/** Of the options that were tried, the one that came furthest; its faults tell more than “fits none”. */
function nearestOption(options: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const inside = options.filter((issues) => issues.some((issue) => issue.path.length > 0));
  if (inside.length === 0) return options.length === 1 ? options[0] : undefined;
  return inside.reduce((best, issues) => (issues.length < best.length ? issues : best));
}

const names: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
const units: Record<string, string> = { string: 'characters', array: 'entries', set: 'entries', file: 'bytes' };
const formats: Record<string, string> = {
  uuid: 'a UUID, such as 0198f2b4-6c1e-7d3a-9c1e-7d3a0198f2b4',
  guid: 'a UUID, such as 0198f2b4-6c1e-7d3a-9c1e-7d3a0198f2b4',
  email: 'an e-mail address, such as wanda@example.org',
  url: 'a complete address, such as https://example.org/page',
  datetime: 'a time with its offset, such as 2027-03-14T09:30:00Z',
  date: 'a date, such as 2027-03-14',
  time: 'a time of day, such as 09:30:00',
  duration: 'an ISO 8601 duration, such as PT1H30M',
};

const told = { error: sentenceOf };

function sentenceOf(issue: z.core.$ZodRawIssue): string {
  const { input } = issue;
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = names[issue.expected] ?? issue.expected;
      if (input === undefined) return `This is missing; send ${wanted}.`;
      if (issue.expected === 'int') return `Send a whole number, between −(2^53 − 1) and 2^53 − 1.`;
      return `Send ${wanted} instead of ${nameOf(input)}.`;
    }
    case 'invalid_value':
      if (input === undefined) return `This is missing; send ${listed(issue.values)}.`;
      return `Send ${listed(issue.values)}.`;
    case 'too_small':
      return sizeSentence(
        issue.origin,
        issue.minimum,
        issue.exact ? 'exactly' : issue.inclusive ? 'at least' : 'more than',
      );
    case 'too_big':
      return sizeSentence(
        issue.origin,
        issue.maximum,
        issue.exact ? 'exactly' : issue.inclusive ? 'at most' : 'less than',
      );
    case 'invalid_format':
      if (formats[issue.format]) return `Send ${formats[issue.format]}.`;
      return issue.pattern ? `Send text that matches ${issue.pattern}.` : `Send text of the format “${issue.format}”.`;
    case 'not_multiple_of':
      return `Send a multiple of ${issue.divisor}.`;
    case 'invalid_union':
      return input === undefined
        ? 'This is missing; the API document lists the shapes that it may have.'
        : 'This has none of the shapes that are taken here; the API document lists them.';
    case 'invalid_key':
      return 'This name is not taken here; the API document says which are.';
    default:
      return 'This is not taken here; the API document says what is.';
  }
}

function sizeSentence(origin: string, bound: number | bigint, how: string): string {
  if (how === 'at least' && bound === 1 && units[origin])
    return `Send at least one ${units[origin].slice(0, -1).replace('entrie', 'entry')}.`;
  return `Send ${how} ${bound}${units[origin] ? ` ${units[origin]}` : ''}.`;
}

function listed(values: readonly unknown[]): string {
  const shown = values.map((value) => (typeof value === 'string' ? `“${value}”` : String(value)));
  if (shown.length === 1) return shown[0]!;
  return `one of ${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number')
    return Number.isNaN(value) ? 'text' : Number.isFinite(value) ? 'a number' : 'one so large';
  return names[typeof value] ?? typeof value;
}
