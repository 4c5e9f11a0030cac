import { type Actor, type Clock, statement } from '@task-connect/sdk';
import type { Database } from '../../database/database.ts';

// Who changed what of the platform. The database refuses to change or delete a row. Secrets never come into it: callers
// give names and settings, and fields that a schema marks as secret are masked by them.

export type AuditEntry = { action: string; subject: string; before?: unknown; after?: unknown };

export type AuditRow = {
  id: number;
  at: string;
  actor: string | null;
  actorName: string;
  action: string;
  subject: string;
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
    before: string | null,
    after: string | null,
    address: string | null,
    requestId: string | null,
  ],
  never
>(
  'audit.add',
  `insert into audit (at, actor, actor_name, action, subject, before, after, address, request_id)
   values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9)`,
);

const list = statement<
  [
    before: number,
    action: string | null,
    subject: string | null,
    actor: string | null,
    from: string | null,
    to: string | null,
    limit: number,
  ],
  AuditRow
>(
  'audit.list',
  `select id, at, actor, actor_name as "actorName", action, subject, before, after, address, request_id as "requestId"
   from audit where id < $1 and ($2::text is null or action = $2) and ($3::text is null or subject = $3)
     and ($4::uuid is null or actor = $4) and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
   order by id desc limit $7`,
);

const count = statement<
  [action: string | null, subject: string | null, actor: string | null, from: string | null, to: string | null],
  { total: number }
>(
  'audit.count',
  `select count(*)::int as total from audit where ($1::text is null or action = $1) and ($2::text is null or subject = $2)
     and ($3::uuid is null or actor = $3) and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)`,
);

const nobody = '00000000-0000-0000-0000-000000000000';
const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));

export type AuditLog = {
  add(by: { actor: Actor; address?: string; requestId?: string }, entry: AuditEntry): Promise<void>;
  list(filter: AuditFilter & { before?: number; limit: number }): Promise<AuditRow[]>;
  count(filter: AuditFilter): Promise<number>;
};

export type AuditFilter = { action?: string; subject?: string; actor?: string; from?: string; to?: string };

const valuesOf = ({ action, subject, actor, from, to }: AuditFilter) =>
  [action ?? null, subject ?? null, actor ?? null, from ?? null, to ?? null] as const;

export const makeAuditLog = (database: Database, clock: Clock): AuditLog => ({
  async add({ actor, address, requestId }, { action, subject, before, after }) {
    await database.query(add, [
      clock.now().toString(),
      actor.person === nobody ? null : actor.person,
      actor.name,
      action,
      subject,
      json(before),
      json(after),
      address ?? null,
      requestId ?? null,
    ]);
  },
  list: ({ before, limit, ...filter }) =>
    database.query(list, [before ?? Number.MAX_SAFE_INTEGER, ...valuesOf(filter), limit]),
  count: async (filter) => (await database.query(count, [...valuesOf(filter)]))[0]!.total,
});
