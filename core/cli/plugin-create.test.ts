import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { buildScreens } from '../../admin-ui/build/build-screens.ts';
import { taskConnect } from './cli-process.ts';
import { pluginNames } from './plugin-names.ts';
import { root } from './root.ts';

// A new plugin is made by the command and then held to everything that a plugin of the repository is held to. It lies
// within the checkout, where packages are found, in a folder that git ignores.

const timeout = 120_000;
await mkdir(join(root, '.tc'), { recursive: true });
const made = mkdtempSync(join(root, '.tc', 'made-'));
after(() => rmSync(made, { recursive: true, force: true }));

/** What a program of the repository prints; its exit code must be 0. */
function output(program: string, ...words: string[]): Promise<string> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, ...words], { cwd: root, env }, (error, stdout, stderr) =>
      error ? reject(new Error(`${program} ${words.join(' ')}: ${stdout}${stderr}`)) : resolve(stdout),
    );
  });
}

const modules = join(root, 'node_modules');
const create = (...words: string[]) => taskConnect({ env: {} }, ['plugin', 'create', ...words, '--folder', made]);

test('a new plugin has the names that it was given and none of the template’s', { timeout }, async () => {
  const { code, stdout, stderr } = await create('team-ideas');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /plugin enable team-ideas/);
  const folder = join(made, 'team-ideas');
  const paths = readdirSync(folder, { recursive: true }) as string[];
  assert.ok(paths.includes('team-idea/team-idea-routes.test.ts'));
  assert.ok(paths.length >= 18);
  for (const path of paths.filter((path) => /\.\w+$/.test(path))) {
    assert.doesNotMatch(path, /field.?note/i);
    assert.doesNotMatch(readFileSync(join(folder, path), 'utf8'), /field.?note|elsewhere/i, path);
  }
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const ofOthers = JSON.parse(readFileSync(join(root, 'plugins', 'tasks', 'package.json'), 'utf8'));
  assert.equal(manifest.name, '@task-connect/plugin-team-ideas');
  // What every plugin needs, in the versions of the repository; others have more.
  for (const kind of ['dependencies', 'devDependencies'] as const) {
    assert.notDeepEqual(manifest[kind], {});
    for (const [name, wanted] of Object.entries(manifest[kind])) assert.equal(ofOthers[kind][name], wanted, name);
  }
});

test('a new plugin holds the rules of the repository, whatever it is called', { timeout }, async () => {
  // A word of SQL, a word that has no plural, and one so long that lines break elsewhere.
  for (const words of [
    ['orders'],
    ['inventory'],
    ['seasonal-maintenance-appointments'],
    ['news', '--thing', 'article'],
  ]) {
    const { code, stderr } = await create(...words);
    assert.equal(code, 0, stderr);
  }
  const tsconfig = join(made, 'tsconfig.json');
  const include = ['./**/*.ts', './**/*.tsx', '../../admin-ui/css.d.ts'];
  writeFileSync(tsconfig, JSON.stringify({ extends: '../../tsconfig.json', include }));
  await output(join(modules, 'typescript', 'bin', 'tsc'), '-p', tsconfig);
  const folders = readdirSync(made, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.equal(folders.length, 5);
  const biome = join(modules, '@biomejs', 'biome', 'bin', 'biome');
  for (const { name } of folders) {
    await output(biome, 'ci', '--error-on-warnings', '--vcs-enabled=false', join(made, name));
  }
});

test('its tests pass untouched, and its screens are built', { timeout }, async () => {
  const folder = join(made, 'orders');
  const file = join(folder, 'order', 'order-routes.test.ts');
  const told = await output('--disable-warning=ExperimentalWarning', '--test', '--test-reporter=tap', file);
  assert.match(told, /^# pass 4$/m);
  assert.match(told, /^# fail 0$/m);
  const outDir = join(made, 'screens-of-orders');
  await buildScreens({ folder, root, outDir });
  assert.ok(existsSync(join(outDir, 'manifest.json')));
});

test('what is there already, or is no name, is refused', { timeout }, async () => {
  const refused: [string[], number, RegExp][] = [
    [['orders'], 1, /is there already/],
    [['users'], 1, /part of the platform/],
    [['Team Goals'], 2, /small letters/],
    [['../out'], 2, /small letters/],
    [['pages'], 2, /needs the name toPage/],
  ];
  for (const [words, code, told] of refused) {
    const outcome = await create(...words);
    assert.equal(outcome.code, code, words.join(' '));
    assert.match(outcome.stderr, /^[^\n]+\n$/);
    assert.match(outcome.stderr, told);
  }
});

test('singular, plural, article and table follow from the name', () => {
  const said = (id: string, thing?: string) =>
    pluginNames(id, thing).fill('a field note, field notes, field_note, FieldNotes');
  assert.equal(said('notes'), 'a note, notes, note, Notes');
  assert.equal(said('ideas'), 'an idea, ideas, idea, Ideas');
  assert.equal(said('categories'), 'a category, categories, category, Categories');
  assert.equal(said('boxes'), 'a box, boxes, box, Boxes');
  assert.equal(said('houses'), 'a house, houses, house, Houses');
  assert.equal(said('orders'), 'an order, orders, order_entry, Orders');
  assert.equal(said('inventory'), 'an inventory item, inventory items, inventory_item, InventoryItems');
  assert.equal(said('news', 'story'), 'a story, stories, story, Stories');
});
