import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildScreens } from './build-screens.ts';

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'tc-screens-'));
});
after(() => rm(root, { recursive: true, force: true }));

const screen = (imports: string) => `${imports}\nexport default { plugin: 'shed', pages: [] };\n`;

/** A plugin with these files, built; gives the files that came out. */
async function built(name: string, files: Record<string, string>): Promise<string[]> {
  const folder = join(root, 'plugins', name);
  const all = { 'package.json': JSON.stringify({ name, dependencies: { awl: '1.0.0' } }), ...files };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const outDir = join(root, 'out', name);
  await buildScreens({ folder, root, outDir });
  return (await readdir(outDir, { recursive: true })).filter((file) => file.includes('.')).sort();
}

const refused = (name: string, files: Record<string, string>, sentence: RegExp) =>
  assert.rejects(built(name, files), (error: Error) => {
    assert.match(error.message, sentence);
    assert.ok(!error.message.includes('\n'), 'one line says it');
    return true;
  });

test('shared packages stay outside, own files and styles come along, and names are the same each time', async () => {
  const files = {
    'screens/index.tsx': screen(
      "import { useState } from 'react';\nimport css from './shed.module.css';\nimport { area } from '../shed/shed.ts';\nconsole.log(useState, css, area);",
    ),
    'screens/shed.module.css': '.shed { color: red; }',
    'shed/shed.ts': 'export const area = (width: number): number => width * width;',
  };
  const first = await built('shed', files);
  assert.deepEqual(first.map((file) => file.replace(/-[\w-]{8}\./, '-HASH.')).sort(), [
    'assets/plugin-HASH.css',
    'assets/plugin-HASH.js',
    'manifest.json',
    'screens.json',
  ]);
  const entry = first.find((file) => file.endsWith('.js'))!;
  const code = await readFile(join(root, 'out', 'shed', entry), 'utf8');
  assert.match(code, /from\s*"react"/);
  assert.deepEqual(await built('shed', files), first);
});

test('the build says whether screens have pages for everybody, and words in a comment are none', async () => {
  const about = async (name: string, text: string) => {
    await built(name, { 'screens/index.tsx': text });
    return JSON.parse(await readFile(join(root, 'out', name, 'screens.json'), 'utf8')) as unknown;
  };
  const open =
    "const Booth = () => <p>Hello</p>;\nexport default { publicPages: [{ path: '/public/booth', component: Booth }] };";
  assert.deepEqual(await about('booth', open), { publicPages: true });
  assert.deepEqual(await about('closed', screen('// publicPages: none')), { publicPages: false });
});

test('modules of Node and packages of the server are refused, with file and import', async () => {
  await refused(
    'node',
    { 'screens/index.tsx': screen("import { readFile } from 'node:fs';\nconsole.log(readFile);") },
    /^plugins\/node\/screens\/index\.tsx imports “node:fs”: a browser has no such module of Node\./,
  );
  await refused(
    'rows',
    {
      'screens/index.tsx': screen("import { row } from '../shed/row.ts';\nconsole.log(row);"),
      'shed/row.ts': "import { Model } from 'objection';\nexport const row = Model;",
    },
    /^plugins\/rows\/shed\/row\.ts imports “objection”: it runs on the server only\./,
  );
});

test('what is neither shared nor declared is refused, and so is a part of a shared package', async () => {
  await refused(
    'bare',
    { 'screens/index.tsx': screen("import lodash from 'lodash';\nconsole.log(lodash);") },
    /imports “lodash”: it is neither shared nor among the dependencies/,
  );
  await refused(
    'part',
    { 'screens/index.tsx': screen("import { theme } from '@task-connect/console/shell';\nconsole.log(theme);") },
    /“@task-connect\/console” is shared, but this part of it is not\./,
  );
});

test('files outside of the plugin are refused', async () => {
  await refused(
    'thief',
    { 'screens/index.tsx': screen("import { area } from '../../shed/shed/shed.ts';\nconsole.log(area);") },
    /imports “\.\.\/\.\.\/shed\/shed\/shed\.ts”: that file is outside of the plugin\./,
  );
});
