import { setTimeout as pause } from 'node:timers/promises';

// Vault's HTTP API by fetch: this runs where no package is installed.
// Source: https://developer.hashicorp.com/vault/api-docs

export class VaultFault extends Error {
  override name = 'VaultFault';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Asks below /v1; undefined where there is nothing (404). Bodies are not in the errors: they may hold secrets. */
export type Ask = <Answer = Record<string, unknown>>(
  method: string,
  path: string,
  body?: object,
) => Promise<Answer | undefined>;

export const makeAsk =
  (url: string, token = ''): Ask =>
  async <Answer>(method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/v1/${path}`, {
      method,
      headers: token === '' ? {} : { 'x-vault-token': token },
      signal: AbortSignal.timeout(10_000),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (response.status === 404) return undefined;
    if (response.ok) return (text === '' ? {} : JSON.parse(text)) as Answer;
    throw new VaultFault(
      `Vault answered ${response.status} to ${method} ${path}: ${text.trim().slice(0, 300)}`,
      response.status,
    );
  };

/** Tries for a minute: after a reboot this may run before Vault listens, or before it leads its cluster of one. */
export async function untilItAnswers<T>(work: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + 60_000; ; ) {
    try {
      return await work();
    } catch (error) {
      // 429 is a standby: of a cluster of one it leads in a moment.
      const passes = !(error instanceof VaultFault) || error.status >= 500 || error.status === 429;
      if (!passes || performance.now() > end) throw error;
      await pause(250);
    }
  }
}
