import { setTimeout as pause } from 'node:timers/promises';
import type { Log, SecretValue } from '@task-connect/sdk';
import { checkSecret, SecretChanged, type SecretStore, SecretsError } from './secrets.ts';
import { isVaultAway, VaultLoginRefused } from './vault-errors.ts';
import { makeVaultSession, type VaultSession } from './vault-session.ts';

// Secrets in the KV version 2 engine of a Vault or OpenBao. It promises what the port promises, and that what was read
// once is given again while Vault is away or sealed; what was not, and every write, is refused then with the reason.
// Source: https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2

/** Milliseconds after which what is held is given instead. */
const impatient = 1000;

export type VaultSecrets = SecretStore & { [Symbol.dispose](): void };

type Held = { value: SecretValue; version: number };

// Read by handlers for each thing that they do. Those of databases are not among them: whoever is refused by a login reads
// its secret again, and must find the new one.
const readOften = /^(external-apis|plugins)\//;
const freshMilliseconds = 2000;

type Data = { data: { data: SecretValue | null; metadata: { version: number; deletion_time: string } } };
type Metadata = {
  data: { versions: Record<string, { created_time: string; deletion_time: string; destroyed: boolean }> };
};

/** What was read goes on being used then. */
const goesOn = (error: unknown) => isVaultAway(error) || error instanceof VaultLoginRefused;

const isMismatch = (error: unknown) =>
  (error as { status?: number }).status === 400 && /check-and-set/.test(String(error));

/**
 * Logs in, and waits for a Vault that is away or sealed as long as it takes: each new reason is logged once.
 * @throws SecretsError when Vault refuses the AppRole.
 */
export async function openVaultSecrets(needs: {
  url: string;
  /** Where the engine is mounted: `secret`. */
  mount: string;
  roleId: string;
  secretId: string;
  ca?: string | undefined;
  log: Log;
  /** Whether a Vault that is away is waited for; it is when not given. */
  waits?: boolean;
  /** Ends the waiting. */
  signal?: AbortSignal | undefined;
  /** Hears what is waited for. */
  tell?: ((reason: string) => void) | undefined;
}): Promise<VaultSecrets> {
  const session = makeVaultSession(needs);
  let told = '';
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      await session.ask('GET', 'auth/token/lookup-self', undefined, 'the login');
      break;
    } catch (error) {
      if (!isVaultAway(error) || needs.waits === false) throw error;
      if (error.message !== told) {
        needs.log.warn({ vault: needs.url }, `Waiting for the secrets. ${error.message}`);
        needs.tell?.(error.message);
      }
      told = error.message;
      await pause(wait, undefined, { signal: needs.signal });
    }
  }
  if (told !== '') needs.log.info({ vault: needs.url }, 'Vault is there');
  return makeVaultSecrets(session, needs.mount);
}

export function makeVaultSecrets(session: VaultSession, mount: string): VaultSecrets {
  const held = new Map<string, Held & { at: number }>();
  // While Vault does not answer, not each read waits for it to do so.
  let awayUntil = 0;
  const copy = ({ value, version }: Held): Held => ({ value: { ...value }, version });

  async function readNow(path: string, version?: number): Promise<Held | undefined> {
    const at = `${mount}/data/${path}${version === undefined ? '' : `?version=${version}`}`;
    const answer = (await session.ask('GET', at, undefined, `reading ${path}`)) as Data | undefined;
    const data = answer?.data.data;
    return data ? { value: data, version: answer.data.metadata.version } : undefined;
  }

  async function readAndKeep(path: string): Promise<Held | undefined> {
    try {
      const found = await readNow(path);
      if (found) held.set(path, { ...found, at: performance.now() });
      else held.delete(path);
      return found;
    } catch (error) {
      if (goesOn(error)) awayUntil = performance.now() + freshMilliseconds;
      throw error;
    }
  }

  async function below(folder: string): Promise<string[]> {
    const at = `${mount}/metadata/${folder}`;
    const answer = (await session.ask('LIST', at, undefined, `listing ${folder || 'the secrets'}`)) as
      | { data: { keys: string[] } }
      | undefined;
    const found = (answer?.data.keys ?? []).map((key) =>
      key.endsWith('/') ? below(`${folder}${key}`) : Promise.resolve([`${folder}${key}`]),
    );
    return (await Promise.all(found)).flat();
  }

  return {
    async read(path, version) {
      checkSecret(path);
      if (version !== undefined) return readNow(path, version);
      const known = held.get(path);
      const now = performance.now();
      const isFresh = known && readOften.test(path) && now - known.at < freshMilliseconds;
      if (known && (isFresh || now < awayUntil)) return copy(known);
      const reading = readAndKeep(path);
      try {
        // A Vault that has stopped in its tracks is noticed late; who has a connection to open does not wait for that.
        const found = await (known ? Promise.race([reading, pause(impatient, known, { ref: false })]) : reading);
        return found && copy(found);
      } catch (error) {
        if (!known || !goesOn(error)) throw error;
        return copy(known);
      } finally {
        reading.catch(() => undefined);
      }
    },
    async write(path, value, options = {}) {
      checkSecret(path, value);
      const body = { data: value, ...(options.cas === undefined ? {} : { options: { cas: options.cas } }) };
      try {
        const answer = await session.ask('POST', `${mount}/data/${path}`, body, `writing ${path}`);
        if (!answer) throw new SecretsError(`Vault has no KV version 2 engine at ${mount}.`);
        const { version } = answer.data as { version: number };
        held.set(path, { value: { ...value }, version, at: performance.now() });
        return { version };
      } catch (error) {
        throw isMismatch(error) ? new SecretChanged(path) : error;
      }
    },
    async list(prefix) {
      const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
      return (await below(folder)).sort();
    },
    async versions(path) {
      checkSecret(path);
      const answer = (await session.ask('GET', `${mount}/metadata/${path}`, undefined, `reading ${path}`)) as
        | Metadata
        | undefined;
      return Object.entries(answer?.data.versions ?? {})
        .map(([version, { created_time, deletion_time, destroyed }]) => ({
          version: Number(version),
          createdAt: Temporal.Instant.from(created_time),
          deleted: destroyed || deletion_time !== '',
        }))
        .sort((a, b) => a.version - b.version);
    },
    async delete(path) {
      checkSecret(path);
      await session.ask('DELETE', `${mount}/metadata/${path}`, undefined, `deleting ${path}`);
      held.delete(path);
    },
    async check() {
      try {
        await session.ask('GET', 'auth/token/lookup-self', undefined, 'the login');
        const trouble = session.trouble();
        return trouble === undefined ? { ok: true } : { ok: false, reason: trouble };
      } catch (error) {
        return {
          ok: false,
          reason: `${(error as Error).message} ${goingOn([...held.values()].map(({ at }) => at))}`,
        };
      }
    },
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}

/** How old what is served is. */
function goingOn(readAt: readonly number[]): string {
  if (readAt.length === 0) return 'None was read before.';
  const seconds = Math.round((performance.now() - Math.min(...readAt)) / 1000);
  const age = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${readAt.length} secrets that were read go on being used, the oldest as it was ${age} ago.`;
}
