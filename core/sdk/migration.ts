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

export type TableKind = 'organisation' | 'person' | 'platform';

const setting = (name: string) => `(select nullif(current_setting('tc.${name}', true), '')::uuid)`;
const reach = `(select current_setting('tc.reach', true))`;

const seenBy: Record<TableKind, string> = {
  organisation: `organisation_id = ${setting('organisation')} and ${reach} <> 'public'`,
  person: `person_id = ${setting('person')}`,
  platform: `${reach} in ('system', 'operator', 'member')`,
};

async function createTable(
  knex: Knex,
  kind: TableKind,
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

async function protectTable(knex: Knex, kind: TableKind, name: string, systemReads: boolean) {
  await knex.raw(`comment on table ?? is 'tc:${kind}'`, [name]);
  await knex.raw('alter table ?? enable row level security', [name]);
  await knex.raw('alter table ?? force row level security', [name]);
  // Under FORCE an owner without a policy changes 0 rows and hears no error; migrations run as the owner.
  await knex.raw('create policy owner_all on ?? to current_user using (true) with check (true)', [name]);
  await knex.raw(`create policy ${kind}_rows on ?? using (${seenBy[kind]}) with check (${seenBy[kind]})`, [name]);
  if (systemReads) await knex.raw(`create policy system_reads on ?? for select using (${reach} = 'system')`, [name]);
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
