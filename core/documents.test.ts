import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { allCommands } from './cli/all-commands.ts';
import { findCommand, parseCommand } from './cli/arguments.ts';
import { settingsTable } from './config/describe.ts';

// What the documents say of files, commands, settings and steps is held against those; the plugin of docs/plugins.md is
// put together, checked and run.

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...globSync('docs/*.md', { cwd: root }),
];

/** As GitHub makes them. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

test('every link leads to a file and a heading that are there', () => {
  let links = 0;
  for (const document of documents) {
    for (const [, target] of read(document).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      links += 1;
      const [path, anchor] = target!.split('#') as [string, string?];
      const file = path === '' ? document : join(dirname(document), path);
      assert.ok(existsSync(join(root, file)), `${document} leads to ${target}`);
      if (anchor) assert.ok(anchorsOf(read(file)).includes(anchor), `${document} leads to ${target}`);
    }
  }
  assert.ok(links > 20);
});

test('every command is one that is known, with its operands and options', () => {
  let commands = 0;
  for (const document of documents) {
    for (const [, line] of read(document).matchAll(/npx task-connect ([a-z][^\n`);|]*)/g)) {
      const words = [...line!.matchAll(/"[^"]*"|\S+/g)].map(([word]) => word);
      const found = findCommand(allCommands, words);
      assert.ok(found, `${document}: ${line}`);
      assert.doesNotThrow(() => parseCommand(found.command, found.rest), `${document}: ${line}`);
      commands += 1;
    }
    for (const [, script] of read(document).matchAll(/npm (?:run )?(start|test|check|format|reports|bench|dev)\b/g)) {
      assert.ok(script! in JSON.parse(read('package.json')).scripts, `${document}: ${script}`);
    }
  }
  assert.ok(commands > 20);
});

test('the settings that the README shows are as they are', () => {
  const rows = read('README.md').match(/^\| `TC_.*$/gm) ?? [];
  const all = settingsTable().split('\n');
  assert.ok(rows.length >= 5);
  for (const row of rows) assert.ok(all.includes(row), row);
});

test('the steps of a request are told in their order', () => {
  const pipeline = read('core/http/pipeline.ts');
  const stepsIn = (list: string) => {
    const [, lines] = new RegExp(`\\b${list}: present\\(\\[\\n([\\s\\S]*?)\\n\\s*\\]\\)`).exec(pipeline)!;
    return lines!.split('\n').map(
      (line) =>
        line
          .replace(/^.*\? /, '')
          .trim()
          .match(/^[\w.]+/)![0],
    );
  };
  const told = [...read('ARCHITECTURE.md').matchAll(/`([\w.]+)`(?=\s→)|(?<=→\s)`([\w.]+)`/g)].map(([, a, b]) => a ?? b);
  const steps = [...stepsIn('arrival'), ...stepsIn('api')];
  assert.ok(steps.length > 10);
  assert.deepEqual(told, steps);
});

/** What a program of the repository prints; its exit code must be 0. */
function output(program: string, ...words: string[]): Promise<string> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, ...words], { cwd: root, env }, (error, stdout, stderr) =>
      error ? reject(new Error(`${program} ${words.join(' ')}: ${stdout}${stderr}`)) : resolve(stdout),
    );
  });
}

test('the plugin of the guide is typed and formatted, and its tests pass', { timeout: 120_000 }, async () => {
  mkdirSync(join(root, '.tc'), { recursive: true });
  const made = mkdtempSync(join(root, '.tc', 'guide-'));
  after(() => rmSync(made, { recursive: true, force: true }));
  await output(join(root, 'core/cli/cli.ts'), 'plugin', 'create', 'team-goals', '--folder', made);
  const files = [...read('docs/plugins.md').matchAll(/^```tsx?\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)];
  assert.ok(files.length > 15);
  for (const [, path, text] of files) {
    const file = join(made, 'team-goals', path!);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text!);
  }
  const bin = (path: string) => join(root, 'node_modules', path);
  const tsconfig = join(made, 'tsconfig.json');
  const include = ['./**/*.ts', './**/*.tsx', '../../admin-ui/css.d.ts'];
  writeFileSync(tsconfig, JSON.stringify({ extends: '../../tsconfig.json', include }));
  await output(bin('typescript/bin/tsc'), '-p', tsconfig);
  await output(
    bin('@biomejs/biome/bin/biome'),
    'ci',
    '--error-on-warnings',
    '--vcs-enabled=false',
    join(made, 'team-goals'),
    join(made, 'posters'),
  );
  // In plugins/ it is found by itself.
  const tests = join(made, 'team-goals', 'reached', 'reached.test.ts');
  const where = `pluginFolders: [${JSON.stringify(made)}], clock });`;
  writeFileSync(tests, readFileSync(tests, 'utf8').replace('clock });', where));
  const told = await output('--disable-warning=ExperimentalWarning', '--test', '--test-reporter=tap', tests);
  assert.match(told, /^# pass 3$/m);
  assert.match(told, /^# fail 0$/m);
});
