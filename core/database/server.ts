import type { Address } from './connection.ts';

// The port to a PostgreSQL: the embedded one, one that was given by URL, or none but what secrets say. The first two
// promise a role that may create databases and roles. It leaves to provision.ts what is made there.

export type DatabaseServer = {
  kind: 'embedded' | 'external';
  /** The address of the role that provisions. */
  admin: Address;
  version: number;
  stop(): Promise<void>;
};

/** Where another process makes the databases. */
export type GivenServer = { kind: 'given'; stop(): Promise<void> };

/** Why the server cannot be used: one line for the person who starts the platform. */
export class ServerUnavailable extends Error {
  override name = 'ServerUnavailable';
}
