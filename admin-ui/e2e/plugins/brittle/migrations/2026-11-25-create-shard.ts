import { type Migration, organisationTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await organisationTable(knex, 'shard', (table) => {
      table.text('name').notNullable();
    });
  },
  async down(knex) {
    await knex.schema.dropTable('shard');
  },
};
