// The kernel's own tables in each plugin's database, in a schema of their own (`tc`). They are made by provisioning,
// not by a plugin's migrations. Each step runs once, in order; the number of steps done stands in tc.version.

export const bookkeepingSteps: readonly string[] = [
  `
create table tc.version (steps int not null);
insert into tc.version values (0);

-- Events and live hints, written in the transaction of the change; a relay carries and deletes them.
create table tc.outbox (
  id bigint generated always as identity primary key,
  event_id uuid not null default uuidv7(),
  kind text not null check (kind in ('event', 'live')),
  type text not null,
  version int not null default 1,
  key text not null,
  organisation uuid not null,
  actor uuid,
  on_behalf_of uuid,
  at timestamptz not null,
  traceparent text,
  data jsonb not null
);

-- One row for each event and handler that is still to run.
create table tc.inbox (
  id bigint generated always as identity primary key,
  event_id uuid not null,
  handler text not null,
  queue text not null,
  key text not null,
  envelope jsonb not null,
  attempts int not null default 0,
  due_at timestamptz not null,
  locked_until timestamptz,
  lock_token uuid,
  last_error text,
  history jsonb not null default '[]',
  received_at timestamptz not null,
  unique (event_id, handler)
);
create index inbox_order on tc.inbox (handler, key, id);
create index inbox_queue on tc.inbox (queue);

-- That a handler is done with an event: commits with its effects, kept for 30 days.
create table tc.mark (
  event_id uuid not null,
  handler text not null,
  done_at timestamptz not null,
  primary key (event_id, handler)
);
create index mark_age on tc.mark (done_at);

create table tc.dead_letter (
  id bigint generated always as identity primary key,
  event_id uuid not null,
  handler text not null,
  queue text not null,
  key text not null,
  envelope jsonb not null,
  attempts int not null,
  error text not null,
  history jsonb not null,
  parked boolean not null default false,
  died_at timestamptz not null
);
create index dead_letter_order on tc.dead_letter (handler, key, id);

-- Work at a time.
create table tc.one_off (
  job text not null,
  organisation uuid not null,
  key text not null,
  actor uuid,
  at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  last_error text,
  dead boolean not null default false,
  traceparent text,
  data jsonb not null,
  primary key (job, organisation, key)
);
create index one_off_due on tc.one_off (due_at) where not dead;

create table tc.idempotency (
  person uuid not null,
  organisation uuid not null,
  key text not null,
  fingerprint text not null,
  response jsonb,
  created_at timestamptz not null,
  primary key (person, organisation, key)
);
create index idempotency_age on tc.idempotency (created_at);

create table tc.outside_effect (
  key text primary key,
  result jsonb,
  done boolean not null default false,
  at timestamptz not null
);

-- How a route without login finds its organisation.
create table tc.address (
  address text primary key,
  organisation uuid not null,
  resource text
);

create table tc.migration (
  name text primary key,
  checksum text not null,
  batch int not null,
  phase text not null,
  breaking boolean not null,
  applied_at timestamptz not null
);
`,
  `
-- What is kept of an event that has left, without its data, to tell its whole way: the newest ones, as events/departures.ts says.
create table tc.departure (
  event_id uuid primary key,
  type text not null,
  key text not null,
  organisation uuid not null,
  actor uuid,
  on_behalf_of uuid,
  at timestamptz not null,
  left_at timestamptz not null,
  traceparent text
);

-- When the event came and which attempts failed; null where none did, or an older version made the mark. A person who
-- discarded a dead letter said why.
alter table tc.mark add received_at timestamptz, add history jsonb, add discarded text;

-- Each failed attempt at work at a time, and when it was given up.
alter table tc.one_off add history jsonb not null default '[]', add died_at timestamptz;
`,
];
