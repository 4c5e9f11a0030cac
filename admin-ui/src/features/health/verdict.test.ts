import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HealthPart } from './queries.ts';
import { verdictOf } from './verdict.ts';

const part = (name: string, state: HealthPart['state']): HealthPart => ({ name, state, latencyMs: 1, detail: null });
const verdict = (...parts: HealthPart[]) => verdictOf({ status: 'ok', version: '1.0.0', parts });

test('the title is the verdict', () => {
  assert.equal(verdict(part('database', 'ok')), 'Everything is well');
  assert.equal(verdict(part('database', 'ok'), part('mail', 'degraded')), 'All but one part is well');
  assert.equal(verdict(part('cache', 'degraded'), part('mail', 'degraded')), 'All but 2 parts are well');
});

test('what has failed goes before what is degraded', () => {
  assert.equal(verdict(part('event-bus', 'failed'), part('mail', 'degraded')), 'Event bus has failed');
  assert.equal(verdict(part('database', 'failed'), part('mail', 'failed')), '2 parts have failed');
});
