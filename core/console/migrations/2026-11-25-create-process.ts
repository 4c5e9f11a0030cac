import type { Migration } from '@task-connect/sdk/migration';

// Which processes of the installation run now. Unlogged: after a crash of the server nobody in it is to be believed.
export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.createTable('process', (table) => {
      table.uuid('id').primary();
      table.text('internal_url');
      table.text('role').notNullable();
      table.text('version').notNullable();
      table.jsonb('plugins').notNullable();
      table.jsonb('public_key').notNullable();
      table.timestamp('started_at').notNullable();
      table.timestamp('seen_at').notNullable();
    });
    await knex.raw('alter table process set unlogged');
    await knex.raw(`comment on table process is 'tc:kernel'`);
  },
  async down(knex) {
    await knex.schema.dropTable('process');
  },
};
