import { SecretForbidden, SecretsError } from './secrets.ts';

// What Vault answers, as sentences for whoever runs it. Its own messages are kept short and its tokens are kept out.

/** Vault cannot be asked now: it is away, sealed or still starting. What is held goes on; it passes by itself. */
export class VaultAway extends SecretsError {
  override name = 'SecretsError';
  readonly isAway = true;
}

export const isVaultAway = (error: unknown): error is VaultAway => error instanceof VaultAway;

/** Vault no longer takes the AppRole. At a start that is told; later what is held goes on. */
export class VaultLoginRefused extends SecretsError {
  override name = 'SecretsError';
}

type ApiError = Error & { response?: { statusCode: number; body?: { errors?: string[] } }; code?: string };

/** The status that Vault answered with; undefined where it did not answer. */
export const statusOf = (error: unknown): number | undefined => (error as ApiError).response?.statusCode;

/** The first sentence of Vault's own, on one line. */
export const wordsOf = (error: unknown): string =>
  ((error as ApiError).response?.body?.errors?.[0] ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 200);

/** An error of node-vault or axios, as one of ours; `doing` says what was tried. */
export function vaultError(error: unknown, url: string, doing: string): SecretsError {
  if (error instanceof SecretsError) return error;
  const status = statusOf(error);
  const words = wordsOf(error);
  if (status === undefined) {
    const { code, message } = error as ApiError;
    return new VaultAway(`Vault at ${url} cannot be reached (${code ?? message}): ${doing} was not done.`);
  }
  // https://developer.hashicorp.com/vault/api-docs: 503 is sealed or in maintenance, 501 not initialised.
  if (/sealed/i.test(words) || status === 503)
    return new VaultAway(
      `Vault at ${url} is sealed: ${doing} was not done. Unseal it; nothing here has to be restarted.`,
    );
  if (status === 501 || /not.*initialized/i.test(words))
    return new VaultAway(`Vault at ${url} is not initialised yet: ${doing} was not done.`);
  if (status >= 500 || status === 429 || status === 472 || status === 473)
    return new VaultAway(`Vault at ${url} answered ${status}${words ? ` (${words})` : ''}: ${doing} was not done.`);
  if (status === 403)
    return new SecretForbidden(
      `Vault at ${url} does not allow ${doing}: the policies of this process’s AppRole lack it.`,
    );
  return new SecretsError(`Vault at ${url} answered ${status}${words ? ` (${words})` : ''} to ${doing}.`);
}
