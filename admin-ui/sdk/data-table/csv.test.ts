import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvCell, csvText } from './csv.ts';

/** A reader of RFC 4180, so that what is written is proved by reading it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 1; at < text.length; at++) {
    const letter = text[at]!;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[at++]!;
      else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === ',') cell = push(rows, cell);
    else if (text.startsWith('\r\n', at)) {
      cell = push(rows, cell);
      at += 1;
      rows.push([]);
    } else cell += letter;
  }
  return rows.slice(0, -1);
}

function push(rows: string[][], cell: string): string {
  rows.at(-1)!.push(cell);
  return '';
}

test('whatever is in the cells comes out as it went in, but for the apostrophe before a formula', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('"', 'a,b', 'a\r\nb', ' a', '=1+1', '-5', '+49 30', '\t', ';'));
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(table, (rows) => {
      const read = readCsv(csvText(rows));
      assert.deepEqual(
        read.map((row) => row.length),
        rows.map((row) => row.length),
      );
      for (const [index, row] of rows.entries()) {
        for (const [place, given] of row.entries()) {
          const came = read[index]![place]!;
          assert.ok(came === given || came === `'${given}`, `${JSON.stringify(given)} came as ${JSON.stringify(came)}`);
        }
      }
    }),
  );
});

test('no cell begins like a formula, and numbers stay numbers', () => {
  fc.assert(
    fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string(), (sign, rest) => {
      const written = csvCell(sign + rest).replace(/^"/, '');
      assert.ok(written.startsWith("'") || /^[+-]?\d+(?:[.,]\d+)*$/.test(sign + rest));
    }),
  );
  assert.deepEqual(['-12.5', '+3', '1,5', '-', '@SUM(A1)'].map(csvCell), ['-12.5', '+3', '"1,5"', "'-", "'@SUM(A1)"]);
});
