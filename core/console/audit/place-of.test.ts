import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from './place-of.ts';

const [yard, wanda] = ['0198f2b4-0000-7000-8000-0000000000aa', '0198f2b4-0000-7000-8000-000000000001'];

test('a change is that of the plugin and organisation that its action and subject name', () => {
  assert.deepEqual(placeOf({ action: 'plugin.enabled', subject: 'tasks' }), { plugin: 'tasks', organisation: null });
  assert.deepEqual(placeOf({ action: 'job.asked', subject: 'notes/sweep' }), { plugin: 'notes', organisation: null });
  const letter = { action: 'dead-letter.replayed', subject: 'time-export-17' };
  assert.deepEqual(placeOf(letter), { plugin: 'time-export', organisation: null });
  const member = { action: 'member.removed', subject: `${yard}/${wanda}` };
  assert.deepEqual(placeOf(member), { plugin: 'users', organisation: yard });
  assert.deepEqual(placeOf({ action: 'person.made', subject: wanda }), { plugin: 'users', organisation: null });
  assert.deepEqual(placeOf({ action: 'secret.written', subject: 'services/s3' }), {
    plugin: 'platform',
    organisation: null,
  });
});

test('what is said counts', () => {
  const said = { action: 'invitation.made', subject: wanda, plugin: 'other', organisation: yard };
  assert.deepEqual(placeOf(said), { plugin: 'other', organisation: yard });
});
