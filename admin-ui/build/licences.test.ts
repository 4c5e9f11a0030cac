import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageOf } from './licences.ts';

test('a module belongs to the innermost package that it lies in', () => {
  assert.equal(packageOf('/a/node_modules/react/index.js'), '/a/node_modules/react');
  assert.equal(packageOf('/a/node_modules/@mantine/core/esm/x.mjs?v=1'), '/a/node_modules/@mantine/core');
  assert.equal(packageOf('\0/a/node_modules/b/node_modules/c/x.js?commonjs'), '/a/node_modules/b/node_modules/c');
  assert.equal(packageOf('/a/admin-ui/src/main.ts'), undefined);
});

test('the built console names what went into it, and none of the tools that built it', async () => {
  const file = join(import.meta.dirname, '..', 'dist', 'licences.json');
  const packages: { name: string; licence: string; text: string | null }[] = JSON.parse(await readFile(file, 'utf8'));
  const names = packages.map(({ name }) => name);
  for (const name of ['react', 'react-dom', '@mantine/core', '@fontsource-variable/hanken-grotesk'])
    assert.ok(names.includes(name), name);
  assert.ok(!names.includes('vite') && !names.includes('typescript'));
  assert.match(packages.find(({ name }) => name === 'react')?.text ?? '', /MIT License/);
});
