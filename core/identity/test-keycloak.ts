import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import { addressOf } from '../testing/real-servers.ts';
import { admin, importRealm, realmSecrets } from '../testing/test-realm.ts';
import { aSite, type Site } from './test-site.ts';

// A realm of its own at the real Keycloak, made from the file that production imports, and a site that signs in there.

export type RealmUser = { name: string; address: string; password: string; verified?: boolean; groups?: string[] };

export const ada = { name: 'Ada Quist', address: 'ada@lanternyard.example', password: 'ada at the lantern yard' };

export { admin, realmSecrets };

export type Realm = ReturnType<typeof realmNamed>;

export function realmNamed(name: string, issuer: string) {
  return {
    name,
    issuer,
    /** Imports it for a platform at this address. */
    async open(publicUrl: string, values: Record<string, string> = {}, more: object = {}) {
      await importRealm(name, publicUrl, values, more);
      after(() => admin('DELETE', `/${name}`));
    },
    async addUser({ name: full, address, password, verified = true, groups = [] }: RealmUser): Promise<string> {
      const [firstName = '', lastName = ''] = full.split(' ');
      await admin('POST', `/${name}/users`, {
        username: address,
        email: address,
        emailVerified: verified,
        enabled: true,
        firstName,
        lastName,
        groups,
        credentials: [{ type: 'password', value: password, temporary: false }],
      });
      return this.idOf(address);
    },
    async idOf(address: string): Promise<string> {
      const [user] = await admin<{ id: string }[]>(
        'GET',
        `/${name}/users?exact=true&email=${encodeURIComponent(address)}`,
      );
      return user!.id;
    },
    async addGroup(group: string): Promise<string> {
      await admin('POST', `/${name}/groups`, { name: group });
      return this.groupId(group);
    },
    async groupId(group: string): Promise<string> {
      const query = `exact=true&search=${encodeURIComponent(group)}`;
      const [found] = await admin<{ id: string }[]>('GET', `/${name}/groups?${query}`);
      return found!.id;
    },
    join: (user: string, group: string) => admin('PUT', `/${name}/users/${user}/groups/${group}`),
    leave: (user: string, group: string) => admin('DELETE', `/${name}/users/${user}/groups/${group}`),
  };
}

/** `frontend`: the address by which people know Keycloak, where this process does not reach it by that one. */
export async function aKeycloakSite(values: Record<string, string> = {}, { frontend }: { frontend?: string } = {}) {
  const name = `t-${randomUUID().slice(0, 8)}`;
  const issuer = `${frontend ?? addressOf('keycloak')}/realms/${name}`;
  const realm = realmNamed(name, issuer);
  const reached = frontend === undefined ? {} : { oidcBackChannelUrl: addressOf('keycloak') };
  const site = await aSite({ oidcIssuer: issuer, issuerSecrets: realmSecrets, ...reached });
  await realm.open(site.publicUrl, values, frontend === undefined ? {} : { attributes: { frontendUrl: frontend } });
  return { site, realm };
}

/** Signs in by HTTP, through Keycloak’s own form. */
export async function signInAtKeycloak(
  site: Site,
  person: { address: string; password: string },
  /** Where a browser’s names lead. */
  resolve = (url: URL) => url,
) {
  const ours = site.browser();
  const jar = new Map<string, string>();
  let url = new URL((await ours.send(`${site.publicUrl}/auth/login?return=/tasks`)).headers.get('location') ?? '');
  let form: URLSearchParams | undefined;
  for (let steps = 0; steps < 8 && url.origin !== site.publicUrl; steps += 1) {
    const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ');
    const answer = await fetch(resolve(url), {
      redirect: 'manual',
      headers: { cookie },
      method: form ? 'POST' : 'GET',
      body: form,
    });
    for (const line of answer.headers.getSetCookie()) {
      const [key = '', value = ''] = line.split(';')[0]!.split(/=(.*)/s);
      jar.set(key, value);
    }
    const next = answer.headers.get('location');
    if (next) {
      [url, form] = [new URL(next, url), undefined];
      continue;
    }
    const text = await answer.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(text)?.[1];
    if (form || !action) return { page: { status: answer.status, text }, cookie: '', browser: ours, jar };
    url = new URL(action.replaceAll('&amp;', '&'), url);
    form = new URLSearchParams({ username: person.address, password: person.password });
  }
  const page = await ours.send(url.href);
  const secret = ours.cookie('tc_session_i7');
  return { page, cookie: secret ? `tc_session_i7=${secret}` : '', browser: ours, jar };
}
