import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeLineWriter } from './line-writer.ts';

function outputFile() {
  const folder = mkdtempSync(join(tmpdir(), 'tc-lines-'));
  const file = join(folder, 'out.log');
  const fd = openSync(file, 'w');
  return {
    fd,
    lines: () => readFileSync(file, 'utf8').split('\n').slice(0, -1),
    [Symbol.dispose]() {
      closeSync(fd);
      rmSync(folder, { recursive: true });
    },
  };
}

test('every line arrives, whole and in order', async () => {
  using output = outputFile();
  const writer = makeLineWriter({ fd: output.fd, waitMs: 1 });
  const written = Array.from({ length: 20_000 }, (_, i) => `line ${i} ${'ü'.repeat(i % 50)}`);
  for (const [i, line] of written.entries()) {
    writer.write(`${line}\n`);
    if (i % 1000 === 0) await new Promise(setImmediate);
  }
  while (output.lines().length < written.length) await new Promise(setImmediate);
  assert.deepEqual(output.lines(), written);
});

test('what is gathered at the end is written at once', () => {
  using output = outputFile();
  const writer = makeLineWriter({ fd: output.fd, waitMs: 60_000 });
  writer.write('last\n');
  writer.flushSync();
  assert.deepEqual(output.lines(), ['last']);
});
