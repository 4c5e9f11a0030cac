import type { Knex } from 'knex';

// Tables that the database itself keeps apart. Each kind below adds the columns and the policies that say who sees a
// row; the kind is kept as the table's comment, where the isolation test reads it. Policies ask settings that the
// unit of work makes for its transaction (tc.organisation, tc.person, tc.reach); a setting that is missing shows no row.

export type { Knex } from 'knex';

/** `before`: only adds, and runs while the old version still serves. `after`: cleans up when that is gone. */
export type Phase = 'before' | 'after';

/** What a file of the folder of migrations exports. */
export type Migration = {
  phase: Phase;
  /** True when programs of the version before cannot work with the result; they then stop with one line. */
  breaking?: boolean;
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
};

export type TableKind = 'organisation' | 'person' | 'shared' | 'platform';
type PlainKind = Exclude<TableKind, 'shared'>;

const setting = (name: string) => `(select nullif(current_setting('tc.${name}', true), '')::uuid)`;
const reach = `(select current_setting('tc.reach', true))`;

const seenBy: Record<PlainKind, string> = {
  organisation: `organisation_id = ${setting('organisation')} and ${reach} <> 'public'`,
  person: `person_id = ${setting('person')}`,
  platform: `${reach} in ('system', 'operator', 'member')`,
};

async function createTable(
  knex: Knex,
  kind: PlainKind,
  name: string,
  columns: (table: Knex.CreateTableBuilder) => void,
  systemReads: boolean,
) {
  await knex.schema.createTable(name, (table) => {
    table.uuid('id').notNullable().defaultTo(knex.raw('uuidv7()'));
    if (kind === 'organisation') table.uuid('organisation_id').notNullable();
    if (kind === 'person') table.uuid('person_id').notNullable();
    columns(table);
    // Whose row it is comes first in the key: one of the id alone would be walked past everybody else's rows.
    table.primary(kind === 'platform' ? ['id'] : [`${kind}_id`, 'id']);
  });
  await protectTable(knex, kind, name, systemReads);
}

async function protectTable(knex: Knex, kind: PlainKind, name: string, systemReads: boolean) {
  await protect(knex, kind, name);
  await knex.raw(`create policy ${kind}_rows on ?? using (${seenBy[kind]}) with check (${seenBy[kind]})`, [name]);
  if (systemReads) await knex.raw(`create policy system_reads on ?? for select using (${reach} = 'system')`, [name]);
}

async function protect(knex: Knex, kind: TableKind, name: string) {
  await knex.raw(`comment on table ?? is 'tc:${kind}'`, [name]);
  await knex.raw('alter table ?? enable row level security', [name]);
  await knex.raw('alter table ?? force row level security', [name]);
  // Under FORCE an owner without a policy changes 0 rows and hears no error; migrations run as the owner.
  await knex.raw('create policy owner_all on ?? to current_user using (true) with check (true)', [name]);
}

type Options = {
  /** Lets jobs that run for the platform (`per: 'platform'`) read all rows. */
  systemReads?: boolean;
};

/**
 * A table whose rows belong to one organisation each: `id`, `organisation_id`, and what `columns` adds. The key is
 * (organisation_id, id); a reference to it names both, so that it cannot lead into another organisation.
 */
export const organisationTable = (
  knex: Knex,
  name: string,
  columns: (table: Knex.CreateTableBuilder) => void,
  options: Options = {},
) => createTable(knex, 'organisation', name, columns, options.systemReads ?? false);

/**
 * A table whose rows belong to one person each, in all organisations: `id`, `person_id`, and what `columns` adds. The
 * key is (person_id, id).
 */
export const personTable = (
  knex: Knex,
  name: string,
  columns: (table: Knex.CreateTableBuilder) => void,
  options: Options = {},
) => createTable(knex, 'person', name, columns, options.systemReads ?? false);

/** A table of the plugin itself, the same for everybody who is logged in. */
export const platformTable = (knex: Knex, name: string, columns: (table: Knex.CreateTableBuilder) => void) =>
  createTable(knex, 'platform', name, columns, false);

/**
 * Rows of an organisation’s table that an address without login shows, for reading alone: those whose `column` is what
 * the address stands for (`addresses.issue(id)`). The policy is named `shown_by_address`.
 */
export async function shownByAddress(knex: Knex, name: string, column: string): Promise<void> {
  const condition = `${reach} = 'public' and organisation_id = ${setting('organisation')} and ?? = ${setting('resource')}`;
  await knex.raw(`create policy shown_by_address on ?? for select using (${condition})`, [name, column]);
}

// Who sees a shared row: its owner and the people it names, acting in its organisation; whoever acts in an organisation
// that it names; and whoever came by an address that stands for it (`addresses.issue(id)`).
const grants = ['viewers', 'editors', 'viewer_organisations', 'editor_organisations'];
const here = `organisation_id = ${setting('organisation')}`;
const named = (people: string, organisations: string) =>
  `${here} and ${people} @> array[${setting('person')}] or ${organisations} @> array[${setting('organisation')}]`;
const isOwner = `${here} and owner_id = ${setting('person')}`;
const maySee = `${isOwner} or ${named('viewers', 'viewer_organisations')} or ${named('editors', 'editor_organisations')}`;
const mayChange = `${isOwner} or ${named('editors', 'editor_organisations')}`;
const byAddress = `${reach} = 'public' and ${here} and id = ${setting('resource')}`;
const signedIn = (condition: string) => `${reach} <> 'public' and (${condition})`;

/**
 * A table whose rows belong to one person each, who may share them: `id`, `organisation_id`, `owner_id`, whom it is shared
 * with (uuids of people in `viewers` and `editors`, of organisations in `viewer_organisations` and
 * `editor_organisations`), and what `columns` adds. The key is (organisation_id, id). A grant to a person holds while they
 * act in the row’s own organisation, so that it ends when they leave; one to an organisation holds in that one.
 * That editors change neither owner nor grants is for the routes to hold: policies know rows, not columns.
 */
export async function sharedTable(knex: Knex, name: string, columns: (table: Knex.CreateTableBuilder) => void) {
  await knex.schema.createTable(name, (table) => {
    table.uuid('id').notNullable().defaultTo(knex.raw('uuidv7()'));
    table.uuid('organisation_id').notNullable();
    table.uuid('owner_id').notNullable();
    for (const grant of grants) table.specificType(grant, 'uuid[]').notNullable().defaultTo('{}');
    columns(table);
    table.primary(['organisation_id', 'id']);
  });
  await protect(knex, 'shared', name);
  await knex.raw(`create policy shared_seen on ?? for select using ((${signedIn(maySee)}) or (${byAddress}))`, [name]);
  await knex.raw(`create policy shared_added on ?? for insert with check (${signedIn(isOwner)})`, [name]);
  await knex.raw(
    `create policy shared_changed on ?? for update using (${signedIn(mayChange)}) with check (${signedIn(mayChange)})`,
    [name],
  );
  await knex.raw(`create policy shared_removed on ?? for delete using (${signedIn(isOwner)})`, [name]);
  await knex.raw('create index on ?? (organisation_id, owner_id)', [name]);
  for (const grant of grants) await knex.raw(`create index on ?? using gin (${grant})`, [name]);
}

/**
 * A table of parts of shared rows, seen and changed by whoever sees and may change the row that they belong to: `id`,
 * `organisation_id`, `<of>_id`, and what `columns` adds. They go with their row.
 */
export async function sharedPartTable(
  knex: Knex,
  name: string,
  of: string,
  columns: (table: Knex.CreateTableBuilder) => void,
) {
  const whole = `${of}_id`;
  await knex.schema.createTable(name, (table) => {
    table.uuid('id').notNullable().defaultTo(knex.raw('uuidv7()'));
    table.uuid('organisation_id').notNullable();
    table.uuid(whole).notNullable();
    columns(table);
    table.primary(['organisation_id', whole, 'id']);
    table.foreign(['organisation_id', whole]).references(['organisation_id', 'id']).inTable(of).onDelete('CASCADE');
  });
  await protect(knex, 'shared', name);
  // The row is asked for as the one who acts: its own policies say whether it is there.
  const row = (condition: string) =>
    `exists (select from ?? as whole where whole.organisation_id = ??.organisation_id and whole.id = ??.${whole} and (${condition}))`;
  const change = signedIn(
    mayChange.replaceAll(/\b(organisation_id|owner_id|viewers|editors|\w+_organisations)\b/g, 'whole.$1'),
  );
  await knex.raw(`create policy shared_seen on ?? for select using (${row('true')})`, [name, of, name, name]);
  await knex.raw(`create policy shared_changed on ?? using (${row(change)}) with check (${row(change)})`, [
    name,
    of,
    name,
    name,
    of,
    name,
    name,
  ]);
}
