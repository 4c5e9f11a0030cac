import { readFileSync } from 'node:fs';

// Makes a realm from realm.json, the one file that production imports too. Keycloak fills its `${NAME}` and `${NAME:default}`
// from the environment when it imports at start (https://www.keycloak.org/server/importExport); this does the same where
// it does not: for development, and for tests that import through the admin API.
//
//   node deploy/keycloak/make-realm.ts > realm-development.json    TASK_CONNECT_URL=… and so on replace values
//   node deploy/keycloak/make-realm.ts production > realm.json     values from the environment alone, no people in it

type Values = Record<string, string | undefined>;
type Realm = { realm: string; users: object[] } & Record<string, unknown>;

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** The values and people of a development realm. */
export const development = JSON.parse(read('./development.json')) as { values: Values; users: object[] };

// Keycloak’s own texts (`${username}`) are of small letters and stay.
const placeholder = /\$\{([A-Z][A-Z0-9_]*)(?::([^}]*))?\}/g;

/** The realm with these values; throws one line that names all that miss. */
export function makeRealm(values: Values, people: readonly object[] = []): Realm {
  const missing = new Set<string>();
  const filled = read('./realm.json').replaceAll(placeholder, (_whole, name: string, otherwise?: string) => {
    const value = values[name] ?? otherwise;
    if (value === undefined) missing.add(name);
    return JSON.stringify(value ?? '').slice(1, -1);
  });
  if (missing.size > 0) throw new Error(`The realm needs values for ${[...missing].join(', ')}.`);
  const realm = JSON.parse(filled) as Realm;
  return { ...realm, users: [...realm.users, ...people] };
}

if (import.meta.main) {
  const forProduction = process.argv[2] === 'production';
  const realm = forProduction
    ? makeRealm(process.env)
    : makeRealm({ ...development.values, ...process.env }, development.users);
  process.stdout.write(`${JSON.stringify(realm, null, 2)}\n`);
}
