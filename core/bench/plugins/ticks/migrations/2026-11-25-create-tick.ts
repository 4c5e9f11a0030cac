import { type Migration, organisationTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await organisationTable(knex, 'tick', (table) => {
      table.text('source').notNullable();
      table.integer('number').notNullable();
    });
  },
  async down(knex) {
    await knex.schema.dropTable('tick');
  },
};
