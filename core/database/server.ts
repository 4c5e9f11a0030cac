import type { Address } from './connection.ts';

// The port to a PostgreSQL: the embedded one or one that was given by URL. It promises a role that may create
// databases and roles. It leaves to provision.ts what is made there.

export type DatabaseServer = {
  kind: 'embedded' | 'external';
  /** The address of the role that provisions. */
  admin: Address;
  version: number;
  stop(): Promise<void>;
};

/** Why the server cannot be used: one line for the person who starts the platform. */
export class ServerUnavailable extends Error {
  override name = 'ServerUnavailable';
}
