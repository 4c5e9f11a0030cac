import { readFileSync } from 'node:fs';
import { type ConnectionOptions, checkServerIdentity } from 'node:tls';
import { ServerUnavailable } from './server.ts';

// TLS to PostgreSQL as libpq has it (PostgreSQL's manual, 32.19): how strictly the server's certificate is looked at.
// Files are read once, when the platform starts; what was read goes into the secrets of the databases, so that other
// processes need no file.

export type Tls = {
  mode: 'require' | 'verify-ca' | 'verify-full';
  /** The authority's certificates, PEM; the system's own where not given. */
  ca?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
};

const modes = ['disable', 'require', 'verify-ca', 'verify-full'];

function fileOf(parameters: URLSearchParams, name: string): string | undefined {
  const path = parameters.get(name);
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ServerUnavailable(`${name} of TC_DATABASE_URL cannot be read: ${(error as Error).message}.`);
  }
}

/** What `sslmode`, `sslrootcert`, `sslcert` and `sslkey` of a URL ask for; undefined without TLS. */
export function tlsOfUrl(parameters: URLSearchParams): Tls | undefined {
  const given = parameters.get('sslmode') ?? 'disable';
  if (!modes.includes(given))
    throw new ServerUnavailable(
      `sslmode of TC_DATABASE_URL is “${given}”; it takes disable, require, verify-ca or verify-full.`,
    );
  if (given === 'disable') return undefined;
  const [ca, cert, key] = ['sslrootcert', 'sslcert', 'sslkey'].map((name) => fileOf(parameters, name));
  if (Boolean(cert) !== Boolean(key))
    throw new ServerUnavailable('sslcert and sslkey of TC_DATABASE_URL belong together: give both or none.');
  return { mode: given as Tls['mode'], ca, cert, key };
}

export function tlsOptions({ mode, ca, cert, key }: Tls, host: string): ConnectionOptions {
  // As in libpq: whoever names an authority wants it looked at.
  const looksAtAuthority = mode !== 'require' || ca !== undefined;
  return {
    rejectUnauthorized: looksAtAuthority,
    ...(ca ? { ca } : {}),
    ...(cert ? { cert, key } : {}),
    checkServerIdentity: (_, peer) => (mode === 'verify-full' ? checkServerIdentity(host, peer) : undefined),
  };
}

/** The same in the fields of a secret. */
export const tlsFields = (tls: Tls | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ sslmode: tls?.mode, sslrootcert: tls?.ca, sslcert: tls?.cert, sslkey: tls?.key }).flatMap(
      ([name, value]) => (value === undefined ? [] : [[name, value]]),
    ),
  );

export function tlsOfFields(fields: Readonly<Record<string, unknown>>): Tls | undefined {
  if (typeof fields.sslmode !== 'string' || fields.sslmode === 'disable') return undefined;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    mode: fields.sslmode as Tls['mode'],
    ca: text(fields.sslrootcert),
    cert: text(fields.sslcert),
    key: text(fields.sslkey),
  };
}

/** What a refused certificate means, in a sentence; undefined where TLS is not the reason. */
export function tlsFault(error: unknown, host: string): string | undefined {
  const { code = '', message } = error as { code?: string; message: string };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is not for ${host}. Use the name that it is for, or sslmode=verify-ca`;
  if (/SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/.test(code))
    return `its certificate is signed by no authority that is known (${code}). Name the authority's PEM file by sslrootcert`;
  if (/^CERT_/.test(code)) return `its certificate is refused: ${message} (${code})`;
  if (/does not support SSL/.test(message)) return 'it speaks no TLS. Switch it on there, or leave sslmode out';
  return undefined;
}
