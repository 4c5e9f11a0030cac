import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { type JWTPayload, SignJWT } from 'jose';
import { LogoutTokenRefused, readLogoutToken } from './logout-token.ts';

const issuer = 'https://id.lanternyard.example/realms/yard';
const now = Temporal.Instant.from('2027-01-12T08:24:00Z');
const seconds = Math.floor(now.epochMilliseconds / 1000);
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const event = 'http://schemas.openid.net/event/backchannel-logout';
const good = {
  iss: issuer,
  aud: 'task-connect',
  iat: seconds,
  jti: 'j1',
  sub: 'u1',
  sid: 's1',
  events: { [event]: {} },
};

const read = async (claims: JWTPayload, typ = 'logout+jwt', key = privateKey) =>
  readLogoutToken(await new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'ES256', typ }).sign(key), {
    issuer,
    clientId: 'task-connect',
    keys: (async () => publicKey) as never,
    clock: { now: () => now },
  });

test('a logout token names a session or a subject', async () => {
  assert.deepEqual([(await read({})).session, (await read({})).subject], ['s1', 'u1']);
  assert.equal((await read({ sid: undefined })).session, undefined);
  assert.equal((await read({ iat: seconds + 29 })).id, 'j1');
});

test('what is no good logout token is refused', async () => {
  const forger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const attempts: (() => Promise<unknown>)[] = [
    () => read({ iss: 'https://evil.example' }),
    () => read({ aud: 'another' }),
    () => read({ iat: seconds + 31 }),
    () => read({ iat: seconds - 600 }),
    () => read({ exp: seconds - 31 }),
    () => read({ nonce: 'n' }),
    () => read({ events: undefined }),
    () => read({ events: { other: {} } }),
    () => read({ sub: undefined, sid: undefined }),
    () => read({ jti: undefined }),
    () => read({}, 'at+jwt'),
    () => read({}, 'logout+jwt', forger),
  ];
  assert.equal(attempts.length, 12);
  for (const attempt of attempts) await assert.rejects(attempt, LogoutTokenRefused);
});
