import type { Route } from '@task-connect/sdk';
import { z } from '@task-connect/sdk';
import fc from 'fast-check';

// Input of a route, made from its own schemas so that much of it is nearly right: what is plainly wrong is refused
// early, and it is the nearly right that reaches the database.

const hostileTexts = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\udc00x', '\r\n', '\u202e', '😀'.repeat(300), 'x'.repeat(5000)],
  ...['null', 'true', '-1', '1.5', '1e999', 'NaN', 'Infinity', '0x10', '9007199254740993', '99999999999999999999'],
  ...[
    "'; drop table task; --",
    '$1',
    '?',
    '%',
    '%00',
    '\\',
    '{}',
    '[]',
    '__proto__',
    'constructor',
    '../../etc/passwd',
  ],
  ...['2027-02-30', '0000-01-01', '10000-01-01', '-000001-01-01', '2027-03-14T25:00:00Z', '2027-03-14T09:30:00'],
  ...['9999-12-31T23:59:59.999999999-12:00', '0000-01-01T00:00:00Z', '2027-03-14T09:30:00+01:00[Europe/Berlin]'],
  ...['Mars/Olympus', 'Europe/berlin', '+01:00', 'UTC', 'Etc/GMT+99', 'infinity', 'now', 'epoch'],
  ...['WyJhIiwiYiJd', 'W10', 'bnVsbA', 'eyJhIjoxfQ', 'WzEsMiwzLDQsNV0', 'WyJcdTAwMDAiLCJcdTAwMDAiXQ', 'x'.repeat(501)],
  ...[
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '0198f2b4-6c1e-7d3a-9c1e-7d3a0198f2b4',
  ],
];
const hostileNumbers = [0, -1, 1.5, -0, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, 5e-324];

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...hostileTexts) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...hostileNumbers, true, false, null, [], {}) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom<unknown>(...hostileTexts), { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

type Schema = {
  type?: string;
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  default?: unknown;
};

/** A value that fits the schema as far as its structure goes; one part in five is anything. */
function nearly(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: fitting(schema) }, { weight: 1, arbitrary: hostile });
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(nearly));
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, nearly(field)] as const);
      return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
    }
    case 'array':
      return fc.array(nearly(schema.items ?? {}), { maxLength: 3 });
    case 'integer':
    case 'number':
      return fc.constantFrom(1, 5, 60, ...hostileNumbers);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return fc.constantFrom(
        ...(formats[schema.format ?? ''] ?? ['text', 'Europe/Berlin', 'a@example.test']),
        ...hostileTexts,
      );
    default:
      return hostile;
  }
}

const formats: Record<string, string[]> = {
  uuid: ['0198f2b4-6c1e-7d3a-9c1e-7d3a0198f2b4'],
  date: ['2027-03-14'],
  'date-time': ['2027-03-14T09:30:00Z'],
  email: ['wanda@example.test'],
};

const schemaOf = (schema: z.ZodType | undefined): Schema =>
  schema ? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema) : {};

export type HostileRequest = { path: string; body: string | undefined; headers: Record<string, string> };

export function hostileRequest(route: Route, ids: readonly string[]): fc.Arbitrary<HostileRequest> {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  const param = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.constantFrom(...hostileTexts.filter((text) => text !== '' && text.isWellFormed())) },
  );
  const params = fc.tuple(...names.map(() => param));
  const query = schemaOf(route.query).properties ?? {};
  const queryNames = [...Object.keys(query), 'colour'];
  const value = fc.oneof(fc.constantFrom(...hostileTexts), ...Object.values(query).map(fitting)).map(inQuery);
  const queries = fc.array(fc.tuple(fc.constantFrom(...queryNames), value), { maxLength: 3 });
  const body = route.method === 'GET' ? fc.constant(undefined) : fc.option(bodyOf(route), { nil: undefined });
  const headers = fc.record(
    {
      'if-match': fc.constantFrom('*', '"1"', '"0"', '"999999999999999"', '1', 'W/"1"', '"x"'),
      'idempotency-key': fc.constantFrom('a', 'x'.repeat(255), 'x'.repeat(300), '"quoted"'),
      'tc-organization': fc.constantFrom(...ids, 'x', '00000000-0000-0000-0000-000000000000'),
      'content-type': fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/plain'),
    },
    { requiredKeys: [] },
  );
  return fc.record({ params, queries, body, headers }).map((made) => {
    const filled = names.reduce((path, name, i) => path.replace(`:${name}`, encode(made.params[i]!)), route.path);
    const search = made.queries.map(([name, text]) => `${name}=${text}`).join('&');
    return { path: `/api${filled}${search && `?${search}`}`, body: made.body, headers: made.headers };
  });
}

const bodyOf = (route: Route): fc.Arbitrary<string> => {
  const nearlyRight = fitting(schemaOf(route.body)).map((value) => JSON.stringify(value) ?? 'null');
  return fc.oneof(
    { weight: 8, arbitrary: nearlyRight },
    { weight: 1, arbitrary: hostile.map((value) => JSON.stringify(value) ?? 'null') },
    { weight: 1, arbitrary: fc.string() },
  );
};

const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
// A NUL is sent as it would be, and half of the percent signs are left bare.
const inQuery = (value: unknown): string =>
  encode(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replaceAll('%25', '%');
