import { type Actor, type Clock, statement } from '@task-connect/sdk';
import type { Database, Queries } from '../../database/database.ts';
import { placeOf } from './place-of.ts';

// Who changed what of the platform. The database refuses to change or delete a row. Secrets never come into it: callers
// give names and settings, and fields that a schema marks as secret are masked by them.

export type AuditEntry = {
  action: string;
  subject: string;
  before?: unknown;
  after?: unknown;
  /** What is not given is read out of action and subject (place-of.ts). */
  plugin?: string;
  organisation?: string;
};

export type AuditRow = {
  id: number;
  at: string;
  actor: string | null;
  actorName: string;
  action: string;
  subject: string;
  plugin: string | null;
  organisation: string | null;
  before: unknown;
  after: unknown;
  address: string | null;
  requestId: string | null;
};

const add = statement<
  [
    at: string,
    actor: string | null,
    name: string,
    action: string,
    subject: string,
    plugin: string,
    organisation: string | null,
    before: string | null,
    after: string | null,
    address: string | null,
    requestId: string | null,
  ],
  never
>(
  'audit.add',
  `insert into audit (at, actor, actor_name, action, subject, plugin, organisation, before, after, address, request_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10, $11)`,
);

const columns = `id, at, actor, actor_name as "actorName", action, subject, plugin, organisation, before, after, address,
  request_id as "requestId"`;

type Filter = [
  action: string | null,
  subject: string | null,
  actor: string | null,
  from: string | null,
  to: string | null,
  plugin: string | null,
  organisation: string | null,
  about: string | null,
  text: string | null,
];

// An action that ends in a point is all that begin so. A member’s subject is `<organisation>/<person>`.
const matching = `($1::text is null or action = $1 or (right($1, 1) = '.' and starts_with(action, $1)))
  and ($2::text is null or subject = $2) and ($3::uuid is null or actor = $3)
  and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
  and ($6::text is null or plugin = $6) and ($7::uuid is null or organisation = $7)
  and ($8::text is null or actor::text = $8 or subject = $8 or subject like $8 || '/%' or subject like '%/' || $8)
  and ($9::text is null or position(lower($9) in lower(actor_name || ' ' || action || ' ' || subject)) > 0)`;

const list = statement<[...Filter, before: number, limit: number], AuditRow>(
  'audit.list',
  `select ${columns} from audit where ${matching} and id < $10 order by id desc limit $11`,
);

const count = statement<Filter, { total: number }>(
  'audit.count',
  `select count(*)::int as total from audit where ${matching}`,
);

/** Each action once, by steps along the index, since the log only grows. */
const actions = statement<[], { action: string }>(
  'audit.actions',
  `with recursive known as (
     (select action from audit order by action limit 1)
     union all
     select (select a.action from audit a where a.action > known.action order by a.action limit 1) from known
     where known.action is not null
   )
   select action from known where action is not null`,
);

const nobody = '00000000-0000-0000-0000-000000000000';
const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));

export type AuditFilter = {
  /** One action, or all that begin so: `person.`. */
  action?: string;
  subject?: string;
  actor?: string;
  from?: string;
  to?: string;
  plugin?: string;
  organisation?: string;
  /** What somebody did, and what was done to their account and memberships. */
  about?: string;
  text?: string;
};

export type AuditedBy = { actor: Actor; address?: string; requestId?: string };

export type AuditLog = {
  /** `within` is the transaction of the change, where that is of the platform’s database. */
  add(by: AuditedBy, entry: AuditEntry, within?: Queries): Promise<void>;
  list(filter: AuditFilter & { before?: number; limit: number }): Promise<AuditRow[]>;
  count(filter: AuditFilter): Promise<number>;
  /** All that ever came, in order. */
  actions(): Promise<string[]>;
};

const valuesOf = ({ action, subject, actor, from, to, plugin, organisation, about, text }: AuditFilter): Filter => [
  action ?? null,
  subject ?? null,
  actor ?? null,
  from ?? null,
  to ?? null,
  plugin ?? null,
  organisation ?? null,
  about ?? null,
  text ?? null,
];

export const makeAuditLog = (database: Database, clock: Clock): AuditLog => ({
  async add({ actor, address, requestId }, entry, within = database) {
    const { action, subject, before, after } = entry;
    const { plugin, organisation } = placeOf(entry);
    await within.query(add, [
      clock.now().toString(),
      actor.person === nobody ? null : actor.person,
      actor.name,
      action,
      subject,
      plugin,
      organisation,
      json(before),
      json(after),
      address ?? null,
      requestId ?? null,
    ]);
  },
  list: ({ before, limit, ...filter }) =>
    database.query(list, [...valuesOf(filter), before ?? Number.MAX_SAFE_INTEGER, limit]),
  count: async (filter) => (await database.query(count, valuesOf(filter)))[0]!.total,
  actions: async () => (await database.query(actions, [])).map(({ action }) => action),
});
