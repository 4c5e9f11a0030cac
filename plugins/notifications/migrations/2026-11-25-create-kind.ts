import { type Migration, platformTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    // The kinds of notification that have been seen, with the channels that they have of themselves.
    await platformTable(knex, 'kind', (table) => {
      table.text('plugin').notNullable();
      table.text('kind').notNullable();
      table.text('title').notNullable();
      table.specificType('channels', 'text[]').notNullable();
      table.unique(['plugin', 'kind']);
    });
  },

  async down(knex) {
    await knex.schema.dropTable('kind');
  },
};
