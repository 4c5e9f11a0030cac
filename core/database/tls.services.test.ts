import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { type RestartableServer, restartableServer } from '../testing/restartable-server.ts';
import { testPrefix } from '../testing/server.ts';
import { externalServer } from './external-server.ts';
import { makeGivenProvisioner } from './given-server.ts';
import { makePools } from './pools.ts';
import { makeProvisioner } from './provision.ts';

// A server that takes no connection without TLS, with an authority of our own: right, wrong and missing trust.

let server: RestartableServer;
let folder: string;
const file = (name: string) => join(folder, name);
const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });

function authority(name: string): void {
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
  );
}
function certificate(name: string, subject: string, alternative: string): void {
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    `/CN=${subject}`,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
  );
  writeFileSync(file(`${name}.ext`), `subjectAltName=${alternative}`);
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    '-CA',
    'ours.pem',
    '-CAkey',
    'ours.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.pem`,
  );
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tc-tls-'));
  authority('ours');
  authority('another');
  certificate('server', 'localhost', 'DNS:localhost');
  certificate('person', 'postgres', 'DNS:postgres');
  server = await restartableServer();
  const put = (name: string) => server.write(name, readFileSync(file(name), 'utf8'));
  const [cert, key, ca] = ['server.pem', 'server.key', 'ours.pem'].map(put);
  server.write('pg_hba.conf', 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
  await server.start({ ssl: 'on', ssl_cert_file: cert!, ssl_key_file: key!, ssl_ca_file: ca! });
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const connect = (host: string, ...parameters: string[]) =>
  externalServer(server.url({ host, parameters: parameters.length > 0 ? `?${parameters.join('&')}` : '' }));
const refused = (host: string, parameters: string[], reason: RegExp) =>
  assert.rejects(connect(host, ...parameters), (error: Error) => {
    assert.equal(error.name, 'ServerUnavailable');
    assert.match(error.message, reason);
    return true;
  });

test('sslmode says how strictly the certificate is looked at, as in libpq', async () => {
  const ours = `sslrootcert=${file('ours.pem')}`;
  const another = `sslrootcert=${file('another.pem')}`;
  const served = [
    await connect('127.0.0.1', 'sslmode=require'),
    await connect('127.0.0.1', 'sslmode=verify-ca', ours),
    await connect('localhost', 'sslmode=verify-full', ours),
  ];
  assert.deepEqual(
    served.map(({ version }) => version),
    [18, 18, 18],
  );
  await refused('127.0.0.1', [], /no encryption/);
  await refused('127.0.0.1', ['sslmode=verify-full', ours], /certificate is not for 127\.0\.0\.1\. Use the name/);
  await refused('localhost', ['sslmode=verify-full', another], /signed by no authority that is known/);
  await refused('127.0.0.1', ['sslmode=verify-ca', another], /Name the authority's PEM file by sslrootcert/);
  await refused('127.0.0.1', ['sslmode=verify-ca'], /signed by no authority that is known/);
  // With an authority given it is looked at.
  await refused('127.0.0.1', ['sslmode=require', another], /signed by no authority that is known/);
  await refused('127.0.0.1', ['sslmode=prefer'], /sslmode .* takes disable, require, verify-ca or verify-full/);
  await refused('127.0.0.1', ['sslmode=require', 'sslrootcert=/nowhere.pem'], /sslrootcert .* cannot be read/);
  await refused('127.0.0.1', ['sslmode=require', `sslcert=${file('person.pem')}`], /belong together/);
});

const isEncrypted = statement<[], { ssl: boolean }>(
  'test.ssl',
  'select ssl from pg_stat_ssl where pid = pg_backend_pid()',
);

test('all connections to plugins speak it too, also of a process that has only the secrets', async () => {
  const secrets = memorySecrets();
  const prefix = testPrefix();
  const own = await connect('localhost', 'sslmode=verify-full', `sslrootcert=${file('ours.pem')}`);
  const maker = makeProvisioner({ server: own, secrets, prefix, installation: 'mine' });
  await maker.provision({ id: 'things' });
  const { value } = (await secrets.read('databases/things'))!;
  assert.equal(value.sslmode, 'verify-full');
  assert.equal(value.sslrootcert, readFileSync(file('ours.pem'), 'utf8'));
  assert.equal((await makeGivenProvisioner({ secrets, prefix }).provision({ id: 'things' })).isNew, false);
  await using pools = makePools({ secrets, budget: 4 });
  assert.deepEqual(await pools.database('things').query(isEncrypted, []), [{ ssl: true }]);
  await using listening = await pools.database('things').listen('tc_test', () => undefined);
  assert.ok(listening);

  await secrets.write('databases/things', { ...value, sslrootcert: readFileSync(file('another.pem'), 'utf8') });
  await using misled = makePools({ secrets, budget: 4 });
  await assert.rejects(misled.connect('things'), { code: /SELF_SIGNED|UNABLE_TO/ });
});

test('a certificate of the client is shown where the server asks for one', async () => {
  server.write('pg_hba.conf', 'hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-ca\n');
  await server.stop();
  await server.start({
    ssl: 'on',
    ssl_cert_file: 'server.pem',
    ssl_key_file: 'server.key',
    ssl_ca_file: 'ours.pem',
  });
  const ours = `sslrootcert=${file('ours.pem')}`;
  await refused('localhost', ['sslmode=verify-full', ours], /valid client certificate/);
  const shown = [`sslcert=${file('person.pem')}`, `sslkey=${file('person.key')}`];
  const own = await connect('localhost', 'sslmode=verify-full', ours, ...shown);
  const secrets = memorySecrets();
  await makeProvisioner({ server: own, secrets, prefix: testPrefix(), installation: 'mine' }).provision({
    id: 'things',
  });
  await using pools = makePools({ secrets, budget: 4 });
  assert.deepEqual(await pools.database('things').query(isEncrypted, []), [{ ssl: true }]);
});
