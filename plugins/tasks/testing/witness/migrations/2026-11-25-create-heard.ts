import { type Migration, organisationTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',
  up: (knex) =>
    organisationTable(knex, 'heard', (table) => {
      table.text('type').notNullable();
      table.text('subject').notNullable();
      table.text('sequence').notNullable();
      table.jsonb('data').notNullable();
    }),
  down: (knex) => knex.schema.dropTable('heard'),
};
