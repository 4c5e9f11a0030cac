import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold, foldWithPlaces, searchable } from '../text/fold.ts';
import { parseSearch } from './parse-search.ts';
import { snippetOf } from './snippet.ts';

test('a line of search is read as people know it from the web', () => {
  assert.deepEqual(parseSearch('wool "red line" -tweed label:Fabric/Wool has:attachment -label:old'), {
    words: ['wool', 'red line'],
    without: ['tweed'],
    labels: ['fabric/wool'],
    withoutLabels: ['old'],
    has: ['attachment'],
  });
  assert.deepEqual(parseSearch('has:nothing "open').words, ['has:nothing', 'open']);
});

test('accents, capitals and forms of one sign are alike; what differs in meaning is not', () => {
  assert.equal(fold('Café CAFE\u0301 Straße Ωμέγα'), 'cafe cafe strasse ωμεγα');
  assert.notEqual(fold('か'), fold('が'));
  assert.match(searchable('测试 ü'), /^(Z[A-P]{4}){2} u$/);
});

test('a snippet marks what was found in the original, and loses nothing of it', () => {
  const pieces = snippetOf('Die Straße nach Café Müller', ['strasse', 'muller']);
  assert.deepEqual(
    pieces.filter(({ found }) => found).map(({ text }) => text),
    ['Straße', 'Müller'],
  );
  assert.equal(pieces.map(({ text }) => text).join(''), 'Die Straße nach Café Müller');
});

test('folding knows where each of its signs came from', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const { folded, places } = foldWithPlaces(text);
      assert.equal(folded, fold(text));
      assert.equal(places.length, folded.length + 1);
      assert.ok(places.every((place, i) => i === 0 || place >= places[i - 1]!));
    }),
  );
});
