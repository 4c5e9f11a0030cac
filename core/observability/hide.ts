// What may not reach the log, whoever writes it: secrets are found by the name of their field at any depth, and by
// their look in texts (logins in addresses, bearer tokens, JWTs, personal tokens, codes in queries). It never throws: a
// line that is cut short is worth more than none.

const secretName =
  /pass(word|phrase)|secret|token|cookie|authorization|credential|(api|master|private|signing|encryption)[-_]?key|verifier/i;
const harmlessName = /(id|ids|path|name|count|version|kind|type|at)$/i;
const names = new Map<string, boolean>();

function isSecret(name: string): boolean {
  let known = names.get(name);
  if (known === undefined) {
    known = secretName.test(name) && !harmlessName.test(name);
    // Names come from our own code and are few; the bound is for a map that somebody logs with ids as its keys.
    if (names.size < 1000) names.set(name, known);
  }
  return known;
}

const mayHoldSecret = /:\/\/|bearer |basic |eyJ|tc_pat_|[?&]/i;

/** A text without logins in addresses, tokens and codes in queries. */
export function hideInText(text: string): string {
  if (!mayHoldSecret.test(text)) return text;
  return text
    .replace(/(:\/\/)[^/?#\s"'@]*@/g, '$1[hidden]@')
    .replace(/\b(bearer|basic) +[\w.~+/=-]+/gi, '$1 [hidden]')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[hidden]')
    .replace(/tc_pat_[\w-]+/g, 'tc_pat_[hidden]')
    .replace(/([?&][\w-]*(?:token|code|secret|key|password)=)[^&#\s"']*/gi, '$1[hidden]');
}

/** Fields for the log with every secret replaced. */
export const hideSecrets = (fields: object): Record<string, unknown> => {
  try {
    return fieldsOf(fields, 0);
  } catch (error) {
    return { unreadable: String(error) };
  }
};

const deepest = 6;
const longest = 100;

function fieldsOf(fields: object, depth: number): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const name of Object.keys(fields).slice(0, longest)) {
    shown[name] = isSecret(name) ? '[hidden]' : shownValue((fields as Record<string, unknown>)[name], depth + 1);
  }
  return shown;
}

function shownValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return hideInText(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return '[deeper]';
  if (value instanceof Error) return errorFields(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, longest).map((item) => shownValue(item, depth + 1));
  if (value instanceof Map) return fieldsOf(Object.fromEntries(value), depth);
  if (value instanceof Set) return shownValue([...value], depth);
  if ('toJSON' in value && typeof value.toJSON === 'function') return shownValue(value.toJSON(), depth + 1);
  return fieldsOf(value, depth);
}

function errorFields(error: Error, depth: number): Record<string, unknown> {
  const own = fieldsOf(error, depth);
  const cause = error.cause === undefined ? {} : { cause: shownValue(error.cause, depth + 1) };
  const inner = error instanceof AggregateError ? { errors: shownValue(error.errors, depth + 1) } : {};
  return {
    ...own,
    type: error.name,
    message: hideInText(error.message),
    stack: hideInText(error.stack ?? ''),
    ...cause,
    ...inner,
  };
}
