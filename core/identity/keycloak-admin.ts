import type { BackChannel } from './back-channel.ts';
import { isIssuerAway, issuerAway } from './back-channel.ts';
import type { IssuerSecret } from './issuer-secret.ts';

// The few things that we do at Keycloak as its client `task-connect-admin`, by its admin REST API
// (https://www.keycloak.org/docs-api/26.0/rest-api). Plain requests: a library would bring forty kinds for seven calls.

/** What we read of a user there; what else it holds is sent back as it came. */
export type KeycloakUser = {
  id: string;
  enabled: boolean;
  requiredActions?: string[];
  attributes?: Record<string, string[]>;
};

export type NewKeycloakUser = {
  person: string;
  address: string;
  verified: boolean;
  enabled: boolean;
  firstName: string;
  lastName: string;
};

export type KeycloakAdmin = {
  /** Whether there is a credential to do any of it with. */
  mayManage(): Promise<boolean>;
  user(id: string): Promise<KeycloakUser | undefined>;
  /** The one that we made for this person. */
  userMadeFor(person: string): Promise<KeycloakUser | undefined>;
  /** Those of the ids that are there. */
  users(ids: readonly string[]): Promise<KeycloakUser[]>;
  /** undefined: somebody there has this address. */
  create(user: NewKeycloakUser): Promise<string | undefined>;
  setEnabled(user: KeycloakUser, enabled: boolean): Promise<void>;
  endSessions(id: string): Promise<void>;
  /** A mail by which the person chooses a password; false: no mail is set up there. */
  mailPasswordLink(id: string): Promise<boolean>;
};

/** The attribute that the realm lets administrators alone see and change. */
export const personAttribute = 'taskConnectPerson';
const choosePassword = 'UPDATE_PASSWORD';
/** A token is not used in its last seconds. */
const spareSeconds = 10;

export function makeKeycloakAdmin(needs: {
  issuer: string;
  /** To whose address the mailed page leads. */
  clientId: string;
  secret: () => Promise<IssuerSecret>;
  backChannel: BackChannel;
  /** Told why Keycloak does not take us for its client; undefined: it does. */
  refused(reason: string | undefined): void;
  now?: () => number;
}): KeycloakAdmin {
  const { backChannel, now = () => performance.now() } = needs;
  // Tokens and admin API have to be asked by one address, since Keycloak compares its own with the token's issuer.
  const realm = backChannel.at(needs.issuer.replace(/\/$/, ''));
  const api = realm.replace(/\/realms\/([^/]+)$/, '/admin/realms/$1');
  let held: { token: string; of: string; until: number } | undefined;

  async function send(url: string, given: { method?: string; headers: Record<string, string>; body?: string }) {
    const { method = 'GET', headers, body } = given;
    const answer = await backChannel
      .fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
      .catch((error) => {
        throw isIssuerAway(error) ? issuerAway() : error;
      });
    if ([502, 503, 504].includes(answer.status)) throw issuerAway();
    return answer;
  }

  async function token(): Promise<string> {
    const { adminClientId, adminClientSecret } = await needs.secret();
    if (!adminClientId || !adminClientSecret) throw new Error('There is no adminClientId and adminClientSecret.');
    const of = `${adminClientId} ${adminClientSecret}`;
    if (held?.of === of && now() < held.until) return held.token;
    const answer = await send(`${realm}/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: adminClientId,
        client_secret: adminClientSecret,
      }).toString(),
    });
    if (!answer.ok) {
      const reason = await reasonOf(answer);
      needs.refused(reason);
      throw new Error(`Keycloak gives ${adminClientId} no token: ${reason}`);
    }
    const { access_token, expires_in } = (await answer.json()) as { access_token: string; expires_in: number };
    held = { token: access_token, of, until: now() + (expires_in - spareSeconds) * 1000 };
    return access_token;
  }

  async function ask(method: string, path: string, given?: object): Promise<Response> {
    const body = given === undefined ? undefined : JSON.stringify(given);
    for (let again = true; ; again = false) {
      const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
      const answer = await send(`${api}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
      if (answer.status === 401 && again) held = undefined;
      else {
        if (answer.status !== 401 && answer.status !== 403) needs.refused(undefined);
        else needs.refused(`${answer.status} to ${method} ${path.replace(/[?/].*/s, '')}`);
        return answer;
      }
    }
  }

  const failed = async (what: string, answer: Response) =>
    new Error(`Keycloak does not ${what}: ${await reasonOf(answer)}`);

  async function read<T>(path: string): Promise<T | undefined> {
    const answer = await ask('GET', path);
    // A proxy in front of a Keycloak that is starting says 404 as well; that must not look like nobody being there.
    if (answer.status === 404 && /user not found/i.test(await answer.clone().text())) return undefined;
    if (!answer.ok) throw await failed('tell of its users', answer);
    return (await answer.json()) as T;
  }

  async function change(what: string, method: string, path: string, body?: object): Promise<Response> {
    const answer = await ask(method, path, body);
    if (!answer.ok) throw await failed(what, answer);
    return answer;
  }

  const userPath = (id: string) => `/users/${encodeURIComponent(id)}`;
  return {
    async mayManage() {
      const { adminClientId, adminClientSecret } = await needs.secret();
      return api !== realm && Boolean(adminClientId && adminClientSecret);
    },
    user: (id) => read<KeycloakUser>(userPath(id)),
    async userMadeFor(person) {
      const found = await read<KeycloakUser[]>(`/users?max=2&exact=true&q=${personAttribute}:${person}`);
      return found?.find((user) => user.attributes?.[personAttribute]?.[0] === person);
    },
    async users(ids) {
      if (ids.length === 0) return [];
      const search = encodeURIComponent(`id:${ids.join(' ')}`);
      return (await read<KeycloakUser[]>(`/users?briefRepresentation=true&max=${ids.length}&search=${search}`)) ?? [];
    },
    async create({ person, address, verified, enabled, firstName, lastName }) {
      const answer = await ask('POST', '/users', {
        username: address,
        email: address,
        emailVerified: verified,
        enabled,
        firstName,
        lastName,
        requiredActions: [choosePassword],
        attributes: { [personAttribute]: [person] },
      });
      if (answer.status === 409) return undefined;
      if (!answer.ok) throw await failed('make the user', answer);
      return answer.headers.get('location')!.split('/').at(-1)!;
    },
    // The whole of it goes back: what is left out of attributes would be removed there.
    setEnabled: async (user, enabled) =>
      void (await change('change the user', 'PUT', userPath(user.id), { ...user, enabled })),
    endSessions: async (id) => void (await change('end the sessions', 'POST', `${userPath(id)}/logout`)),
    async mailPasswordLink(id) {
      const page = new URLSearchParams({ client_id: needs.clientId }).toString();
      const answer = await ask('PUT', `${userPath(id)}/execute-actions-email?${page}`, [choosePassword]);
      if (answer.ok) return true;
      const reason = await reasonOf(answer);
      // What it says of a realm that has no sender of mail.
      if (answer.status === 500 && /sender address 'null'|No sender address/i.test(reason)) return false;
      throw new Error(`Keycloak does not send the mail: ${reason}`);
    },
  };
}

async function reasonOf(answer: Response): Promise<string> {
  const text = (await answer.text().catch(() => '')).slice(0, 500);
  try {
    const { errorMessage, error_description, error } = JSON.parse(text) as Record<string, string>;
    return `${answer.status} ${errorMessage ?? error_description ?? error ?? text}`;
  } catch {
    return `${answer.status} ${text}`;
  }
}
