import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSettings, settingsTable } from './describe.ts';
import { loadSettings } from './load.ts';
import { settingFacts, settingKeys, variableOf } from './settings.ts';

test('every setting says what it means and what it takes', () => {
  assert.ok(settingKeys.length > 20);
  for (const key of settingKeys) {
    const { takes, description } = settingFacts(key);
    assert.match(description, /\.$/, key);
    assert.notEqual(takes, 'undefined', key);
  }
});

test('the description masks secrets and logins, and says where each value came from', () => {
  const env = {
    TC_DATABASE_URL: 'postgres://root:hunter2@db.test/postgres',
    TC_SMTP_URL: 'smtp://u:hunter2@mail.test',
    TC_MASTER_KEY: 'hunter2'.padEnd(43, 'x'),
    TC_OIDC_ISSUER: 'https://u:hunter2@id.test/realm',
    TC_PORT: '9000',
  };
  const rows = describeSettings(loadSettings({ env, cwd: '/srv' }));
  assert.equal(rows.length, settingKeys.length);
  assert.doesNotMatch(JSON.stringify(rows), /hunter2/);
  const row = (key: string) => rows.find((candidate) => candidate.key === key);
  assert.equal(row('databaseUrl')?.value, '********');
  assert.equal(row('oidcIssuer')?.value, 'https://…@id.test/realm');
  assert.deepEqual([row('port')?.value, row('port')?.source], ['9000', 'environment']);
  assert.deepEqual([row('publicUrl')?.value, row('publicUrl')?.source], ['http://localhost:9000', 'default']);
});

test('the table for the README has a row of four cells for each setting', () => {
  const rows = settingsTable().trimEnd().split('\n').slice(2);
  assert.equal(rows.length, settingKeys.length);
  for (const [index, key] of settingKeys.entries()) {
    assert.ok(rows[index]?.startsWith(`| \`${variableOf(key)}\` `), rows[index] ?? '');
    assert.equal(rows[index]?.split(' | ').length, 4, rows[index] ?? '');
  }
});
