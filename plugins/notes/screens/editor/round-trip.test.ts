import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readMarkdown } from '../../text/read-markdown.ts';
import { editable, rewritten } from './round-trip.ts';

// No HTML: a text with it that the editor would change is opened as plain Markdown, which `editable` decides.
const word = fc.constantFrom(
  'wool',
  'Straße',
  '测试',
  '#van',
  'a_b',
  '2 * 3',
  'a < b',
  '35 kg/m³',
  'https://x.test/a_b',
);
const plain = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const marked = fc.oneof(
  plain,
  plain.map((text) => `so **${text.replaceAll('*', 'x')}** it is`),
  fc.constantFrom('see `code` here', '*soft* and ~~gone~~', '[Certificates](https://x.test/c)'),
);
const list = (mark: (i: number) => string) =>
  fc
    .array(fc.tuple(marked, fc.boolean()), { minLength: 1, maxLength: 5 })
    .map((items) =>
      items.map(([text, isBelow], i) => `${isBelow && i > 0 ? '    ' : ''}${mark(i)} ${text}`).join('\n'),
    );
const block = fc.oneof(
  marked,
  marked.map((text) => `## ${text}`),
  marked.map((text) => `> ${text}`),
  list(() => '-'),
  list((i) => `- [${i % 2 ? 'x' : ' '}]`),
  fc.constantFrom('```\ncode #no\n```', '---', '![chair](attachment:0190a000-0000-7000-8000-00000000ffff)'),
);
const note = fc.array(block, { minLength: 1, maxLength: 6 }).map((blocks) => blocks.join('\n\n'));

test('what the editor writes says what it was given, checks, tags and pictures too, and stays so', () => {
  fc.assert(
    fc.property(note, (text) => {
      const once = rewritten(text);
      assert.equal(rewritten(once), once);
      assert.deepEqual(readMarkdown(once), readMarkdown(text), once);
    }),
    { numRuns: 300 },
  );
});

test('bare addresses stay bare, and a text that the editor does not know is not given to it', () => {
  assert.equal(rewritten('https://x.test/a_b_c #frag'), 'https://x.test/a_b_c #frag');
  assert.equal(editable('Plan, [here](https://x.test)'), true);
  for (const text of ['| a | b |\n|---|---|\n| 1 | 2 |', 'x[^1]\n\n[^1]: y']) assert.equal(editable(text), false, text);
});
