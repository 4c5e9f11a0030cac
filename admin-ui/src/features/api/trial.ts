import type { Operation, Parameter } from './queries.ts';

// A request that a person puts together, without a browser: what is sent, and the line that would send the same.

/** What was typed, by `where:name`; the body as text. */
export type Trial = { values: Readonly<Record<string, string>>; body: string };

export type TrialRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
  file?: boolean;
};

export const keyOf = ({ in: where, name }: Pick<Parameter, 'in' | 'name'>): string => `${where}:${name}`;

/** What stands there at first: an example of what is needed. */
export const firstTrial = (operation: Operation): Trial => ({
  values: Object.fromEntries(
    operation.parameters.flatMap((one) =>
      one.required && one.in !== 'path' && one.example !== null ? [[keyOf(one), String(one.example)]] : [],
    ),
  ),
  body: operation.body ? JSON.stringify(operation.body.example, null, 2) : '',
});

/** What is still missing or wrong, by `where:name` and `body`. */
export function faultsOf(operation: Operation, trial: Trial): Record<string, 'needed' | 'not-json'> {
  const faults: Record<string, 'needed' | 'not-json'> = {};
  for (const parameter of operation.parameters)
    if (parameter.required && !trial.values[keyOf(parameter)]?.trim()) faults[keyOf(parameter)] = 'needed';
  if (operation.body && !isJson(trial.body)) faults.body = 'not-json';
  return faults;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A parameter that is left empty is not sent; several values of one are given with commas between them. */
export function requestOf(operation: Operation, { values, body }: Trial): TrialRequest {
  const given = operation.parameters
    .map((one) => ({ ...one, value: values[keyOf(one)]?.trim() ?? '' }))
    .filter(({ value }) => value !== '');
  const query = new URLSearchParams();
  for (const { in: where, name, type, value } of given) {
    if (where !== 'query') continue;
    const several = type.startsWith('list of') ? value.split(',').map((one) => one.trim()) : [value];
    for (const one of several) query.append(name, one);
  }
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[`path:${name}`]?.trim() ?? ''),
  );
  const headers = Object.fromEntries(
    given.filter(({ in: where }) => where === 'header').map(({ name, value }) => [name, value]),
  );
  if (operation.body) headers['Content-Type'] = 'application/json';
  return {
    method: operation.method,
    path: query.size > 0 ? `${path}?${query}` : path,
    headers,
    body: operation.body ? body : undefined,
    ...(operation.takesBytes && { file: true }),
  };
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same as a line for a shell; the token is taken from there, since a line ends up in its history. */
export function curlOf(
  { method, headers, body, file }: TrialRequest,
  address: string,
  login: 'token' | 'none',
): string {
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(address)}`,
    ...(login === 'token' ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(file ? ['--data-binary @FILE'] : []),
    ...(body === undefined ? [] : [`-d ${quoted(compact(body))}`]),
  ];
  return lines.join(' \\\n  ');
}

const compact = (body: string) => (isJson(body) ? JSON.stringify(JSON.parse(body)) : body);
