import type { Knex, Migration } from '@task-connect/sdk/migration';

// The kernel's own state. No plugin's code comes here, so rows have no organisation and no policies.
const kernelTable = async (knex: Knex, name: string, columns: (table: Knex.CreateTableBuilder) => void) => {
  await knex.schema.createTable(name, columns);
  await knex.raw(`comment on table ?? is 'tc:kernel'`, [name]);
};

const identity = (table: Knex.CreateTableBuilder) =>
  table.specificType('id', 'bigint generated always as identity').primary();

const tables = [
  'plugin_state',
  'plugin_setting',
  'audit',
  'job',
  'job_run',
  'bus_message',
  'bus_binding',
  'bus_queue',
  'live_hint',
];

export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await kernelTable(knex, 'plugin_state', (table) => {
      table.text('id').primary();
      table.boolean('wanted').notNullable();
      // Grows with every order, so that a second try at a failed plugin reaches every process.
      table.integer('generation').notNullable().defaultTo(1);
      table.timestamp('changed_at').notNullable();
    });
    await kernelTable(knex, 'plugin_setting', (table) => {
      table.text('plugin').primary();
      table.jsonb('values').notNullable();
      table.integer('version').notNullable().defaultTo(1);
    });
    await kernelTable(knex, 'audit', (table) => {
      identity(table);
      table.timestamp('at').notNullable();
      table.uuid('actor');
      table.text('actor_name').notNullable();
      table.text('action').notNullable();
      table.text('subject').notNullable();
      table.jsonb('before');
      table.jsonb('after');
      table.text('address');
      table.text('request_id');
      table.index(['action', 'id']);
      table.index(['subject', 'id']);
    });
    // Append-only by the database: neither a handler nor a stolen password of this role changes what happened.
    await knex.raw(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin raise exception 'The audit log is only added to.' using errcode = 'insufficient_privilege'; end $$`);
    await knex.raw(
      'create trigger audit_is_append_only before update or delete or truncate on audit for each statement execute function refuse_change()',
    );
    await kernelTable(knex, 'job', (table) => {
      table.text('plugin').notNullable();
      table.text('name').notNullable();
      table.text('cron').notNullable();
      table.text('zone').notNullable();
      table.timestamp('next_at');
      table.timestamp('asked_at');
      table.bigInteger('lease').notNullable().defaultTo(0);
      table.timestamp('locked_until');
      table.uuid('holder');
      table.primary(['plugin', 'name']);
    });
    await kernelTable(knex, 'job_run', (table) => {
      identity(table);
      table.text('plugin').notNullable();
      table.text('name').notNullable();
      table.timestamp('at').notNullable();
      table.timestamp('started_at').notNullable();
      table.timestamp('ended_at');
      table.text('state').notNullable();
      table.text('error');
      table.boolean('by_hand').notNullable().defaultTo(false);
      table.index(['plugin', 'name', 'id']);
    });
    await kernelTable(knex, 'bus_queue', (table) => {
      table.text('name').primary();
      table.text('plugin').notNullable();
    });
    await kernelTable(knex, 'bus_binding', (table) => {
      table.text('queue').notNullable().references('bus_queue.name').onDelete('CASCADE');
      table.text('type').notNullable();
      table.primary(['type', 'queue']);
    });
    await kernelTable(knex, 'bus_message', (table) => {
      identity(table);
      table.text('queue').notNullable();
      table.jsonb('envelope').notNullable();
      table.timestamp('at').notNullable();
      table.index(['queue', 'id']);
    });
    await kernelTable(knex, 'live_hint', (table) => {
      identity(table);
      table.uuid('organisation');
      table.uuid('person');
      table.text('plugin').notNullable();
      table.text('type').notNullable();
      table.jsonb('data').notNullable();
      table.timestamp('at').notNullable();
      table.index('at');
    });
  },
  async down(knex) {
    for (const table of tables) await knex.schema.dropTable(table);
    await knex.raw('drop function refuse_change()');
  },
};
