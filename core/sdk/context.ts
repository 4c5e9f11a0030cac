import type { Knex } from 'knex';
import type { Statement } from './statement.ts';

// What the platform lends to a handler. Everything here is bound to one plugin, one organisation and one
// transaction, so that an author cannot forget any of the three.

/** Roles in an organisation, from least to most. A permission names the lowest that has it. */
export const organisationRoles = ['guest', 'member', 'manager', 'owner'] as const;
export type OrganisationRole = (typeof organisationRoles)[number];

/** Who acts. `person` and `organisation` are uuids; `zone` is an IANA name. */
export type Actor = {
  kind: 'person' | 'plugin' | 'anonymous' | 'operator';
  /** The person’s id; for `plugin` and `anonymous` the nil uuid. */
  person: string;
  organisation: string;
  role: OrganisationRole;
  name: string;
  zone: string;
  locale: string;
  weekStart: number;
  platformRoles: readonly string[];
  /** With `kind: 'plugin'`: which one. */
  plugin?: string;
  may(permission: string): boolean;
};

/** The transaction of this request or event, with the organisation set for row-level security. */
export type Tx = {
  /** Runs a prepared statement; the fast way. */
  query<Values extends readonly unknown[], Row>(statement: Statement<Values, Row>, values: Values): Promise<Row[]>;
  /** A knex bound to this transaction, for builders and for Objection (`TaskRow.query(tx.knex)`). */
  readonly knex: Knex;
  /**
   * A savepoint: the only way to go on after an SQL error, which otherwise ends the transaction.
   * Resolves with the work’s value; when the work throws, its effects are undone and the error is thrown on.
   */
  attempt<T>(work: () => Promise<T>): Promise<T>;
};

export type Clock = {
  /** The present instant. Tests give their own. */
  now(): Temporal.Instant;
};

export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type Contact = { person: string; name: string; address: string | null; zone: string; locale: string };

export type People = {
  /** Name, address, zone and locale of people, as they are now. Unknown ids are left out. */
  contact(ids: readonly string[]): Promise<Contact[]>;
  /** The people of an organisation. */
  members(organisation: string): Promise<{ person: string; role: OrganisationRole }[]>;
};

export type MailMessage = {
  to: { name?: string; address: string };
  subject: string;
  text: string;
  html?: string;
  headers?: Record<string, string>;
  /** The Message-ID without brackets; the same id again is the same message. */
  messageId?: string;
};

export type Mail = { send(message: MailMessage): Promise<{ messageId: string }> };

export type SecretValue = Record<string, string | number | boolean | null>;

/** Secrets of this plugin alone: paths are below `external-apis/` or `plugins/<plugin>/`. */
export type Secrets = { read(path: string): Promise<SecretValue | undefined> };

export type Storage = {
  put(key: string, body: Uint8Array, contentType: string): Promise<void>;
  get(key: string): Promise<{ body: Uint8Array; contentType: string } | undefined>;
  delete(key: string): Promise<void>;
};

/** What is lent to a plugin: files of the organisation that is acted in, and, for rows that another one shared, of that. */
export type LentStorage = Storage & {
  /** Only for an organisation whose row was read: keys are not kept apart by anything else. */
  of(organisation: string): Storage;
};

/**
 * Addresses that cannot be guessed, for routes without login: whoever has one may see the resource that it stands for.
 * The database keeps their hashes alone.
 */
export type Addresses = {
  /** A new one for `resource`, best a row’s id: the transaction of a public route is then shown that shared row. */
  issue(resource: string): Promise<string>;
  /** All that stand for `resource` lead nowhere from the commit on. */
  revoke(resource: string): Promise<void>;
};

/** A cache that may forget at any time; the database is the truth. */
export type Cache = {
  get<T>(key: string, ttlSeconds: number, make: () => Promise<T>, tags?: readonly string[]): Promise<T>;
  invalidate(tag: string): Promise<void>;
};

/**
 * An effect outside the database (mail, payment, push), run with no open transaction: the intent is committed, the
 * call is made with `key` as its id, the result is committed. After a crash between the last two, `lookUp` is asked
 * whether it happened; without `lookUp` it is called again with the same key.
 */
export type Outside = <Result extends SecretValue>(effect: {
  key: string;
  call: (key: string) => Promise<Result>;
  lookUp?: (key: string) => Promise<Result | undefined>;
}) => Promise<Result>;

/** An event as a handler sees it (CloudEvents 1.0 attributes under their own names). */
export type EventOf<Data> = {
  id: string;
  type: string;
  source: string;
  time: Temporal.Instant;
  organisation: string;
  /** Who caused it: a person’s id, or null when a plugin or the platform did. */
  actor: string | null;
  subject: string;
  /** Grows per aggregate. */
  sequence: number;
  /** An earlier event of the same aggregate lies with the dead letters, so there is a gap before this one. */
  afterGap: boolean;
  data: Data;
};

/** What the console shows at once, to whom: a hint that something changed, never the truth itself. */
export type LiveHint = { type: string; person?: string; data?: Record<string, unknown> };
