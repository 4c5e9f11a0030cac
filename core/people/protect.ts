import type { Knex } from '@task-connect/sdk/migration';

// Who sees a row of people is more than “its organisation” or “its person”: an account is seen by its person and by
// those who share an organisation with it. So the tables here have policies of their own, under FORCE as all others.

const setting = (name: string) => `(select nullif(current_setting('tc.${name}', true), '')::uuid)`;
const reach = `(select current_setting('tc.reach', true))`;

/** Conditions of policies, as SQL. */
export const acting = {
  organisation: setting('organisation'),
  person: setting('person'),
  /** Core itself, and an administrator’s work on all accounts. */
  core: `${reach} in ('system', 'operator')`,
  /** Anybody but a public route, which has an organisation and no member. */
  signedIn: `${reach} <> 'public'`,
};

/** `sees` says who reads a row, `changes` who adds, changes or removes it. */
export async function protect(knex: Knex, table: string, { sees, changes }: { sees: string; changes: string }) {
  await knex.raw(`comment on table ?? is 'tc:people'`, [table]);
  await knex.raw('alter table ?? enable row level security', [table]);
  await knex.raw('alter table ?? force row level security', [table]);
  // Under FORCE an owner without a policy changes 0 rows and hears no error; migrations run as the owner.
  await knex.raw('create policy owner_all on ?? to current_user using (true) with check (true)', [table]);
  await knex.raw(`create policy seen on ?? for select using (${sees})`, [table]);
  await knex.raw(`create policy added on ?? for insert with check (${changes})`, [table]);
  await knex.raw(`create policy changed on ?? for update using (${changes}) with check (${changes})`, [table]);
  await knex.raw(`create policy removed on ?? for delete using (${changes})`, [table]);
}

/** A table that core’s own parts use and no route asks: without policies, and said so. */
export async function keepForCore(knex: Knex, table: string) {
  await knex.raw(`comment on table ?? is 'tc:kernel'`, [table]);
}

/**
 * Tells all processes of changes, in the transaction itself: nobody can forget it, not even who mends a row by hand.
 * These tables change seldom, so the lock that NOTIFY takes at commit does no harm.
 */
export async function tellChanges(
  knex: Knex,
  table: string,
  key: string,
  when: { added: boolean; changed: readonly string[] },
) {
  await knex.raw(`create function tell_${table}() returns trigger language plpgsql as $$
    begin
      perform pg_notify('identity', '${table} ' || (case when tg_op = 'DELETE' then old.${key} else new.${key} end)::text);
      return null;
    end $$`);
  const events = ['delete'];
  if (when.added) events.push('insert');
  if (when.changed.length > 0) events.push(`update of ${when.changed.join(', ')}`);
  await knex.raw(
    `create trigger tell after ${events.join(' or ')} on ?? for each row execute function tell_${table}()`,
    [table],
  );
}
