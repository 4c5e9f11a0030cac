import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { apiTypes, generated, type OpenApi, source } from './api-types.ts';

const typed = (answer: object): string =>
  /answer: (.*) };/.exec(
    apiTypes({
      paths: { '/a': { get: { responses: { 200: { content: { 'application/json': { schema: answer } } } } } } },
    } as OpenApi),
  )![1]!;

test('schemas become the types that one would write', () => {
  assert.equal(typed({ type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] }), '{ "a": number }');
  assert.equal(typed({ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } }), '(string | null)[]');
  assert.equal(typed({ enum: ['on', 'off'] }), '"on" | "off"');
  assert.equal(typed({ type: ['string', 'null'] }), 'string | null');
  assert.equal(typed({ type: 'object', additionalProperties: {} }), '{ [key: string]: unknown }');
  assert.equal(typed({ $ref: '#/components/schemas/Problem' }), 'SchemaProblem');
});

test('an answer without a body is void, and what is optional may be left out', () => {
  const text = apiTypes({
    paths: {
      '/a': {
        delete: { parameters: [{ name: 'force', in: 'query', schema: { type: 'boolean' } }], responses: { 204: {} } },
      },
    },
  });
  assert.match(text, /"DELETE \/a": \{ query: \{ "force"\?: boolean \}; body: undefined; answer: void \}/);
});

test('the kept types are those of the document', () => {
  assert.equal(
    readFileSync(generated, 'utf8'),
    apiTypes(JSON.parse(readFileSync(source, 'utf8'))),
    'Run npm run reports.',
  );
});
