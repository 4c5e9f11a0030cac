import type { Log } from '@task-connect/sdk';
import NodeVault from 'node-vault';
import { isVaultAway, statusOf, VaultLoginRefused, vaultError } from './vault-errors.ts';

// One login for all who ask Vault. It promises a token that is good: renewed at two thirds of its time, replaced by a new
// login when renewals no longer help (its longest life is over, it was revoked, Vault was restored), and that a request
// which was refused for the token's sake is asked again once with a new one.
// Source: https://developer.hashicorp.com/vault/docs/auth/approle and .../concepts/lease

export type VaultSession = {
  /** Asks below /v1; throws a SecretsError that says what and why. `undefined` when there is nothing there (404). */
  ask(method: string, path: string, body?: object, doing?: string): Promise<Record<string, unknown> | undefined>;
  /** Why the last attempt to reach Vault failed; undefined when it did not. */
  trouble(): string | undefined;
  [Symbol.dispose](): void;
};

type Login = { token: string; seconds: number; renewable: boolean };

const timeoutMilliseconds = 5000;

export function makeVaultSession(needs: {
  url: string;
  roleId: string;
  secretId: string;
  /** PEM of the authority of its certificate. */
  ca?: string | undefined;
  log: Log;
}): VaultSession {
  const { url, roleId, secretId, log } = needs;
  // The authority once for all requests: given with each, the library makes an agent for each.
  const client = NodeVault({ endpoint: url, requestOptions: needs.ca ? { ca: needs.ca } : {} });
  let login: Login | undefined;
  let loggingIn: Promise<Login> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let trouble: string | undefined;
  let ended = false;

  /** The library takes a token from VAULT_TOKEN where none is given; ours is always given. */
  async function request(token: string, method: string, path: string, body?: object) {
    client.token = token;
    return (await client.request({
      path: `/${path}`,
      method,
      headers: { 'X-Vault-Request': 'true' },
      timeout: timeoutMilliseconds,
      ...(body ? { json: body } : {}),
    })) as Record<string, unknown>;
  }

  const toLogin = (answer: Record<string, unknown>): Login => {
    const auth = answer.auth as { client_token: string; lease_duration: number; renewable: boolean };
    return { token: auth.client_token, seconds: auth.lease_duration, renewable: auth.renewable };
  };

  function logIn(): Promise<Login> {
    loggingIn ??= request('', 'POST', 'auth/approle/login', { role_id: roleId, secret_id: secretId })
      .then((answer) => {
        login = toLogin(answer);
        trouble = undefined;
        renewAfter((login.seconds * 2) / 3);
        return login;
      })
      .catch((error) => {
        const status = statusOf(error);
        if (status !== undefined && status >= 400 && status < 404) {
          throw new VaultLoginRefused(
            `Vault at ${url} refuses the AppRole of this process. Check TC_VAULT_ROLE_ID and TC_VAULT_SECRET_ID, or give it a new secret id.`,
          );
        }
        throw vaultError(error, url, 'the login by AppRole');
      })
      .finally(() => {
        loggingIn = undefined;
      });
    return loggingIn;
  }

  function renewAfter(seconds: number): void {
    clearTimeout(timer);
    // A token without an end has a duration of 0.
    if (ended || seconds <= 0) return;
    timer = setTimeout(() => void renew(), Math.max(1, seconds) * 1000);
    timer.unref();
  }

  async function renew(): Promise<void> {
    const before = login;
    try {
      if (!before?.renewable) return void (await logIn());
      const renewed = toLogin(await request(before.token, 'POST', 'auth/token/renew-self', {}));
      if (login !== before) return;
      // Near the end of its longest life a renewal gives less and less.
      if (renewed.seconds < before.seconds / 2) return void (await logIn());
      trouble = undefined;
      renewAfter((before.seconds * 2) / 3);
    } catch (error) {
      // Refused: the token is no good any more. Away: perhaps later; the token may still be good then.
      const ours = vaultError(error, url, 'the renewal of the token');
      try {
        if (isVaultAway(ours)) throw ours;
        await logIn();
      } catch (second) {
        trouble = (second as Error).message;
        log.warn({ err: second }, 'The login at Vault could not be renewed and is tried again');
        renewAfter(5);
      }
    }
  }

  async function isGood(token: string): Promise<boolean> {
    try {
      await request(token, 'GET', 'auth/token/lookup-self');
      return true;
    } catch (error) {
      if (statusOf(error) === 403) return false;
      throw vaultError(error, url, 'the login');
    }
  }

  async function ask(method: string, path: string, body?: object, doing = `${method} ${path}`) {
    let mine = login ?? (await logIn());
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await request(mine.token, method, path, body);
        trouble = undefined;
        return answer;
      } catch (error) {
        const status = statusOf(error);
        if (status === 404) return undefined;
        // Not allowed, or revoked or expired: a login for each refusal would leave tokens behind without end.
        if (status === 403 && attempt === 0 && !(await isGood(mine.token))) {
          mine = login !== mine && login ? login : await logIn();
          continue;
        }
        const ours = vaultError(error, url, doing);
        if (isVaultAway(ours)) trouble = ours.message;
        throw Object.assign(ours, { status });
      }
    }
  }

  return {
    ask: async (method, path, body, doing) => {
      try {
        return await ask(method, path, body, doing);
      } catch (error) {
        if (isVaultAway(error)) trouble = error.message;
        throw error;
      }
    },
    trouble: () => trouble,
    [Symbol.dispose]() {
      ended = true;
      clearTimeout(timer);
    },
  };
}
