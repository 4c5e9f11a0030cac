import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseChannels } from './choose-channels.ts';

test('a kind uses its own channels until its reader chooses', () => {
  const { wanted, reasons } = chooseChannels(['in-app'], []);
  assert.deepEqual(wanted, { 'in-app': true, email: false });
  assert.equal(reasons['in-app'], null);
  assert.match(reasons.email!, /switched on in the preferences/);
});

test('what the reader chose goes before, channel by channel', () => {
  const { wanted, reasons } = chooseChannels(
    ['in-app'],
    [
      { channel: 'in-app', wanted: false },
      { channel: 'email', wanted: true },
    ],
  );
  assert.deepEqual(wanted, { 'in-app': false, email: true });
  assert.equal(reasons['in-app'], 'Switched off in the preferences.');
});
