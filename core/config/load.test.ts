import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadSettings, SettingsError } from './load.ts';
import { fileVariableOf, type SettingKey, settingFacts, settingKeys, variableOf } from './settings.ts';

const noFile = () => assert.fail('no file is read');

const load = (env: Record<string, string>, file?: unknown) =>
  loadSettings({
    env: file === undefined ? env : { ...env, TC_CONFIG: 'tc.json' },
    cwd: '/srv',
    readFile: file === undefined ? noFile : () => (typeof file === 'string' ? file : JSON.stringify(file)),
  });

function faultsOf(env: Record<string, string>, file?: unknown): readonly string[] {
  try {
    load(env, file);
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error));
    return error.faults;
  }
  return assert.fail('the settings were taken');
}

test('with nothing given every setting has its default', () => {
  const { settings, sources } = load({ PATH: '/bin' });
  assert.equal(settings.port, 8080);
  assert.equal(settings.data, '/srv/data');
  assert.equal(settings.publicUrl, 'http://localhost:8080');
  assert.equal(settings.oidcAudience, 'http://localhost:8080/api');
  assert.deepEqual(new Set(Object.values(sources)), new Set(['default']));
});

test('a variable wins over the file, the file over the default', () => {
  const file = { port: 9000, rateLimit: 7, trustedProxies: ['10.0.0.0/8', '::1'], data: '/var/tc' };
  const { settings, sources } = load({ TC_PORT: '9001', TC_CORS_ORIGINS: 'https://a.test, https://b.test:8443' }, file);
  assert.equal(settings.port, 9001);
  assert.equal(settings.rateLimit, 7);
  assert.equal(settings.data, '/var/tc');
  assert.deepEqual(settings.trustedProxies, ['10.0.0.0/8', '::1']);
  assert.deepEqual(settings.corsOrigins, ['https://a.test', 'https://b.test:8443']);
  assert.deepEqual([sources.port, sources.rateLimit, sources.host], ['environment', 'file', 'default']);
});

test('an empty variable counts as not given', () => {
  const { settings, sources } = load({ TC_PORT: '', TC_PLUGINS: '' }, { port: 9000 });
  assert.equal(settings.port, 9000);
  assert.equal(settings.plugins, undefined);
  assert.equal(sources.port, 'file');
});

test('the public address loses its trailing slash and heads the audience', () => {
  assert.equal(load({ TC_PUBLIC_URL: 'https://Example.org/' }).settings.publicUrl, 'https://example.org');
  const { settings } = load({ TC_PUBLIC_URL: 'https://example.org/tc/' });
  assert.equal(settings.publicUrl, 'https://example.org/tc');
  assert.equal(settings.oidcAudience, 'https://example.org/tc/api');
  assert.equal(load({ TC_PORT: '9001' }).settings.publicUrl, 'http://localhost:9001');
});

test('every fault is named at once, with the variable, what it got and what it takes', () => {
  const faults = faultsOf({
    TC_PORT: 'abc',
    TC_ROLE: 'boss',
    TC_PROT: '1',
    TC_DATABASE_PREFIX: '9',
    TC_MASTER_KEY: 'x',
  });
  assert.deepEqual(faults, [
    '"TC_PROT" is not a setting. Did you mean TC_PORT?',
    'TC_PORT is "abc"; it takes a whole number from 1 to 65535.',
    'TC_DATABASE_PREFIX is "9"; it takes up to 21 small letters, digits and _, a letter first.',
    'TC_MASTER_KEY is a value that is not shown; it takes 32 bytes in base64url (43 characters).',
    'TC_ROLE is "boss"; it takes all, web or worker.',
  ]);
});

test('a fault in the file names the key and the file', () => {
  assert.deepEqual(faultsOf({}, { port: '80', host: 5, publicURL: 'x' }), [
    '"publicURL" is not a setting. Did you mean publicUrl? It stands in "/srv/tc.json".',
    'TC_HOST (host in tc.json) is 5; it takes a host name or an address.',
  ]);
});

test('an unreadable or malformed file is named, and nothing of it is quoted', () => {
  const [malformed] = faultsOf({}, '{"masterKey": "hunter2",, }');
  assert.match(malformed ?? '', /^TC_CONFIG is "\/srv\/tc\.json", which is not JSON/);
  assert.doesNotMatch(malformed ?? '', /hunter2/);
  assert.match(faultsOf({}, '[1]').join(), /holds no JSON object/);
  assert.throws(
    () => loadSettings({ env: { TC_CONFIG: '/nowhere/tc.json' }, cwd: '/srv' }),
    /^SettingsError: TC_CONFIG is "\/nowhere\/tc\.json", which cannot be read/,
  );
});

const wrong: [SettingKey, string][] = [
  ['port', '0x1F90'],
  ['port', '65536'],
  ['port', ' 8080'],
  ['port', '-1'],
  ['publicUrl', 'ftp://example.org'],
  ['publicUrl', 'https://example.org/?a=1'],
  ['publicUrl', 'https://user:hunter2@example.org'],
  ['publicUrl', 'localhost:8080'],
  ['publicUrl', 'https://example.org/a;b'],
  ['publicUrl', 'https://example.org//evil.test'],
  ['publicUrl', 'https://example.org/a b'],
  ['oidcIssuer', 'javascript:alert(1)'],
  ['databaseUrl', 'mysql://h/hunter2'],
  ['smtpUrl', 'smtp:hunter2'],
  ['mailFrom', 'nobody'],
  ['mailFrom', 'A <a@b.test>\r\nBcc: c@d.test'],
  ['trustedProxies', '10.0.0.0/8,nonsense'],
  ['trustedProxies', '10.0.0.0/33'],
  ['corsOrigins', '*'],
  ['corsOrigins', 'https://example.org/path'],
  ['plugins', 'tasks,../etc'],
  ['adminEmail', 'admin'],
];

for (const [key, value] of wrong) {
  test(`${key} refuses ${JSON.stringify(value)}`, () => {
    const faults = faultsOf({ [variableOf(key)]: value });
    assert.equal(faults.length, 1);
    assert.ok(faults[0]?.startsWith(`${variableOf(key)} is `), faults[0] ?? '');
    assert.ok(faults[0]?.endsWith(`; it takes ${settingFacts(key).takes}.`), faults[0] ?? '');
    assert.doesNotMatch(faults[0] ?? '', /hunter2/);
  });
}

test('whatever is given, the answer is settings or faults of one printable line each, and no secret', () => {
  const environment = fc.dictionary(
    fc.oneof(fc.constantFrom(...settingKeys.map(variableOf)), fc.stringMatching(/^TC_[A-Z]{1,12}$/)),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  const content = fc.dictionary(fc.oneof(fc.constantFrom(...settingKeys), fc.string()), fc.jsonValue());
  fc.assert(
    fc.property(environment, content, (env, file) => {
      const secret = 'hunter2hunter2';
      try {
        load({ ...env, TC_MASTER_KEY: secret }, file);
        assert.fail('the key was taken');
      } catch (error) {
        assert.ok(error instanceof SettingsError, String(error));
        for (const fault of error.faults) assert.doesNotMatch(fault, /[\p{C}\p{Zl}\p{Zp}]|hunter2/u);
        assert.ok(error.faults.some((fault) => fault.startsWith('TC_MASTER_KEY is ')));
      }
    }),
  );
});

test('every port is taken as a variable and as a number in the file', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 65535 }), (port) => {
      assert.equal(load({ TC_PORT: String(port) }).settings.port, port);
      assert.equal(load({}, { port }).settings.port, port);
    }),
  );
});

const withFiles = (env: Record<string, string>, files: Record<string, string>) =>
  loadSettings({
    env,
    cwd: '/srv',
    readFile: (path) => files[path] ?? assert.fail(Object.assign(new Error('no such file'), { code: 'ENOENT' })),
  });

const fileFaults = (env: Record<string, string>, files: Record<string, string>): readonly string[] => {
  try {
    withFiles(env, files);
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error));
    return error.faults;
  }
  return assert.fail('the settings were taken');
};

test('what is secret may stand in a file that a variable names, without the end of its last line', () => {
  const names = settingKeys.flatMap((key) => fileVariableOf(key) ?? []);
  assert.deepEqual(names, [
    'TC_DATABASE_URL_FILE',
    'TC_MASTER_KEY_FILE',
    'TC_VAULT_ROLE_ID_FILE',
    'TC_VAULT_SECRET_ID_FILE',
    'TC_SMTP_URL_FILE',
  ]);
  const env = { TC_VAULT_ROLE_ID_FILE: 'role', TC_VAULT_SECRET_ID_FILE: '/run/secrets/id', TC_SMTP_URL_FILE: '' };
  const { settings, sources } = withFiles(env, { '/srv/role': 'a-role\n', '/run/secrets/id': 'an-id' });
  assert.deepEqual([settings.vaultRoleId, settings.vaultSecretId, settings.smtpUrl], ['a-role', 'an-id', undefined]);
  assert.deepEqual([sources.vaultRoleId, sources.smtpUrl], ['environment', 'default']);
});

test('a file of a secret that is of no use is named, and what it holds is not', () => {
  const both = { TC_VAULT_SECRET_ID: 'x', TC_VAULT_SECRET_ID_FILE: 'id' };
  assert.deepEqual(fileFaults(both, { '/srv/id': 'y' }), [
    'TC_VAULT_SECRET_ID and TC_VAULT_SECRET_ID_FILE are both given; remove one of them.',
  ]);
  const [away, ...others] = fileFaults({ TC_VAULT_SECRET_ID_FILE: 'id' }, {});
  assert.deepEqual(others, []);
  assert.match(away!, /^TC_VAULT_SECRET_ID_FILE is "id", which cannot be read/);
  assert.match(fileFaults({ TC_VAULT_SECRET_ID_FILE: 'id' }, { '/srv/id': '\n' })[0]!, /which is empty/);
  const [wrong] = fileFaults({ TC_DATABASE_URL_FILE: 'db' }, { '/srv/db': 'mysql://me:hush@db' });
  assert.match(wrong!, /^What TC_DATABASE_URL_FILE names is/);
  assert.doesNotMatch(wrong!, /hush/);
  assert.match(fileFaults({ TC_PORT_FILE: 'port' }, {})[0]!, /TC_PORT_FILE" is not a setting/);
});
