import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import type { Problem } from '@task-connect/sdk';
import { exportJWK, type JWTHeaderParameters, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { issuerKeys } from './issuer-keys.ts';
import { makeVerifier } from './verifier.ts';

const issuer = 'https://id.example';
const audience = 'https://tc.example/api';
const start = Temporal.Instant.from('2027-01-12T08:24:00Z');
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

async function aVerifier() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const world = { now: start, loads: 0, keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] };
  const verifier = makeVerifier({
    issuer,
    audience,
    clock: { now: () => world.now },
    keys: issuerKeys({
      log: quiet,
      load: async () => {
        world.loads += 1;
        return { keys: world.keys };
      },
    }),
  });
  const seconds = Math.floor(start.epochMilliseconds / 1000);
  const good = { iss: issuer, aud: audience, sub: 'ines', iat: seconds, exp: seconds + 900, jti: 'j1', scope: 'a b' };
  const token = (claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}, key = privateKey) =>
    new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k1', ...header })
      .sign(key);
  return { world, verifier, token, good, seconds, publicKey };
}

const refused = (reason: RegExp) => (problem: Problem) => {
  assert.equal(problem.status, 401);
  assert.equal(problem.type, 'identity/credential-refused');
  assert.match(problem.message, reason);
  assert.match(problem.headers['WWW-Authenticate']!, /^Bearer error="invalid_token"/);
  return true;
};

test('a good token tells subject, id and scopes, and is then known without a promise', async () => {
  const { verifier, token } = await aVerifier();
  const text = await token();
  const verified = await verifier.verify(text);
  assert.equal(verified.subject, 'ines');
  assert.equal(verified.jti, 'j1');
  assert.deepEqual(verified.scopes, ['a', 'b']);
  assert.equal(verifier.verify(text), verified);
});

test('tokens that anybody could have made are refused', async () => {
  const { verifier, token, good, publicKey } = await aVerifier();
  const forger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const unsigned = new UnsecuredJWT(good).encode();
  const spki = new TextEncoder().encode(publicKey.export({ type: 'spki', format: 'pem' }) as string);
  const symmetric = await new SignJWT(good).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'k1' }).sign(spki);
  const [head, , signature] = (await token()).split('.');
  const swapped = [head, Buffer.from(JSON.stringify({ ...good, sub: 'else' })).toString('base64url'), signature].join(
    '.',
  );
  const signatureGone = (await token()).replace(/[^.]+$/, '');
  const attempts = [
    unsigned,
    symmetric,
    swapped,
    signatureGone,
    await token({}, {}, forger),
    'a.b.c',
    'x',
    '',
    '.'.repeat(20_000),
  ];
  assert.equal(attempts.length, 9);
  for (const attempt of attempts) await assert.rejects(async () => verifier.verify(attempt), refused(/./));
});

test('tokens for others, from others, of another kind or time are refused and say why', async () => {
  const { verifier, token, seconds } = await aVerifier();
  const attempts: [RegExp, Promise<string>][] = [
    [/another issuer/, token({ iss: 'https://evil.example' })],
    [/another audience/, token({ aud: 'https://other.example' })],
    [/not an access token/, token({}, { typ: 'JWT' })],
    [/not an access token/, token({}, { typ: undefined })],
    [/expired/, token({ exp: seconds - 31 })],
    [/not good yet/, token({ nbf: seconds + 31 })],
    [/not made yet/, token({ iat: seconds + 31 })],
    [/“sub”/, token({ sub: undefined })],
    [/“exp”/, token({ exp: undefined })],
    [/signature/, token({}, { kid: 'k9' })],
  ];
  for (const [reason, text] of attempts) {
    const attempt = await text;
    await assert.rejects(async () => verifier.verify(attempt), refused(reason));
  }
});

test('half a minute of skew is allowed on both sides, and a known token ends with it', async () => {
  const { world, verifier, token, seconds } = await aVerifier();
  const text = await token({ exp: seconds - 29, nbf: seconds + 29 });
  assert.equal((await verifier.verify(text)).subject, 'ines');
  world.now = start.add({ seconds: 2 });
  await assert.rejects(async () => verifier.verify(text), refused(/expired/));
  await assert.rejects(async () => verifier.verify(text), refused(/expired/));
});

test('one token may name several audiences', async () => {
  const { verifier, token } = await aVerifier();
  assert.equal((await verifier.verify(await token({ aud: ['account', audience] }))).subject, 'ines');
});

test('unknown keys do not make us ask the issuer again and again', async () => {
  const { world, verifier, token } = await aVerifier();
  for (const kid of ['k2', 'k3', 'k4', 'k5']) {
    const text = await token({}, { kid });
    await assert.rejects(async () => verifier.verify(text), refused(/signature/));
  }
  assert.equal(world.loads, 1);
});

test('while the issuer is away what is held goes on serving, and nothing held is a 503', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const world = { now: 0, away: false };
  const keys = issuerKeys({
    log: quiet,
    now: () => world.now,
    load: async () => {
      if (world.away) throw new Error('connect ECONNREFUSED');
      return { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] };
    },
  });
  const header = { alg: 'ES256', kid: 'k1' };
  world.away = true;
  const never = issuerKeys({ log: quiet, load: () => Promise.reject(new Error('away')) });
  await assert.rejects(async () => never(header, undefined as never), { status: 503 });
  world.away = false;
  assert.ok(await keys(header, undefined as never));
  world.away = true;
  world.now = 3_600_000;
  assert.ok(await keys(header, undefined as never));
  assert.ok(privateKey);
});
