import { type Migration, organisationTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await organisationTable(knex, 'entry', (table) => {
      table.text('account').notNullable();
      table.integer('place').notNullable();
    });
    // Without a unique key on purpose: a double effect must show.
    await organisationTable(knex, 'effect', (table) => {
      table.uuid('entry_id').notNullable();
      table.text('account').notNullable();
      table.integer('place').notNullable();
      table.text('handler').notNullable();
      table.specificType('seen', 'bigint generated always as identity').notNullable();
    });
  },
  async down(knex) {
    await knex.schema.dropTable('effect');
    await knex.schema.dropTable('entry');
  },
};
