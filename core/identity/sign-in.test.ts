import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSite } from './test-site.ts';

const ines = { name: 'Ines Walter', address: 'ines@lanternyard.example', password: 'cut webbing at nine' };

async function signedIn(site: Awaited<ReturnType<typeof aSite>>, person = ines) {
  const browser = site.browser();
  const page = await browser.open(`${site.publicUrl}/auth/login?return=/tasks`);
  const landed = await browser.fill(page, { address: person.address, password: person.password });
  return { browser, landed };
}

test('a person signs in with address and password and is known by the session cookie alone', async () => {
  const site = await aSite();
  const id = await site.identity.createPerson(ines);
  const { browser, landed } = await signedIn(site);
  assert.equal(landed.url, `${site.publicUrl}/tasks`);
  const cookie = browser.cookies.find(({ name }) => name === 'tc_session_i7');
  assert.ok(cookie);
  const answer = await site.api({ cookie: `${cookie.name}=${cookie.value}` });
  assert.equal(answer.status, 200);
  const who = (await answer.json()) as { person: string; role: string; credential: { kind: string } };
  assert.deepEqual([who.person, who.role, who.credential.kind], [id, 'owner', 'session']);
  assert.deepEqual(site.world.errors, []);
});
