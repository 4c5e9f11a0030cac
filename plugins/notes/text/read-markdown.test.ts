import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPlainEnough, readMarkdown } from './read-markdown.ts';
import { renameTag } from './rename-tag.ts';
import { scanLines } from './scan-lines.ts';

const tagsOf = (text: string) => readMarkdown(text).tags.sort();

test('tags are found in text, and not in code, addresses and headings', () => {
  const line = '#测试 https://x.test/#frag [a](y#b) #ff0000 C# # Title  #book/fiction';
  for (const read of [readMarkdown, scanLines])
    assert.deepEqual(read(line).tags.sort(), ['book/fiction', 'ff0000', '测试'], read.name);
  assert.deepEqual(tagsOf('# Title #real\n\n`#code` and\n\n```\n#fenced\n```\n\n~~~js\n#other\n~~~\n'), ['real']);
  assert.deepEqual(tagsOf('#1 #- #_ a#b (#inside) "#quoted" #Straße.'), ['Straße', 'inside', 'quoted']);
});

test('two ways to write one word are one tag', () => {
  assert.deepEqual(tagsOf('#caf\u00e9 and #cafe\u0301'), ['caf\u00e9']);
});

test('checks that nest are told with their place, with four spaces, two and tabs', () => {
  for (const indent of ['    ', '  ', '\t']) {
    const { items } = readMarkdown(
      ['- [x] P', '- [ ] E', ...['s1', 's2'].map((s) => `${indent}- [ ] ${s}`), '- [ ] S']
        .concat(
          ['m', 'd'].map((s) => `${indent}- [ ] ${s}`),
          '- [ ] L',
        )
        .join('\n'),
    );
    assert.equal(items.length, 8, JSON.stringify(indent));
    assert.deepEqual(
      items.filter(({ depth }) => depth === 0).map(({ text }) => text),
      ['P', 'E', 'S', 'L'],
    );
    assert.equal(items.filter(({ depth }) => depth === 1).length, 4);
    assert.deepEqual(
      items.filter(({ done }) => done).map(({ text }) => text),
      ['P'],
    );
  }
});

test('a long text is read line by line, with what a short one gives', () => {
  const text = '# Head #one\n\n- [x] done #two\n- [ ] open\n\n`#no` https://x.test/#no\n\n```\n#no\n```\n';
  const long = `${text}\n${'word '.repeat(5000)}`;
  assert.equal(isPlainEnough(long), false);
  assert.deepEqual(readMarkdown(long).tags.sort(), readMarkdown(text).tags.sort());
  assert.deepEqual(readMarkdown(long).items, readMarkdown(text).items);
});

test('whatever is written is read, and by nobody for long', () => {
  const hostile = ['>'.repeat(100_000), '[]('.repeat(500_000), '`'.repeat(300_000), '[![a]('.repeat(200_000)];
  hostile.push(Array.from({ length: 300 }, (_, i) => `${' '.repeat(i * 2)}- a`).join('\n'), '*a _b '.repeat(100_000));
  for (const text of hostile) assert.equal(typeof readMarkdown(text).plain, 'string');
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (text) => {
      readMarkdown(text);
      scanLines(text);
    }),
  );
});

test('a tag is renamed where it is one, and nowhere else', () => {
  const text = '#van keys, #vans and #van/tail `#van` [x](y#van) #van.\n\n```\n#van\n```\n';
  const renamed = '#car keys, #vans and #van/tail `#van` [x](y#van) #car.\n\n```\n#van\n```\n';
  assert.equal(renameTag(text, 'van', 'car'), renamed);
  const padding = `\n${'x '.repeat(10_000)}`;
  assert.equal(renameTag(text + padding, 'van', 'car'), renamed + padding);
});
