import { type Migration, organisationTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await organisationTable(knex, 'field_note', (table) => {
      table.text('text').notNullable();
      table.uuid('added_by').notNullable();
      table.timestamp('added_at').notNullable();
      // The organisation comes first in every index, so that no list walks past the rows of others.
      table.index(['organisation_id', 'added_at', 'id']);
    });
    await organisationTable(knex, 'tally', (table) => {
      table.uuid('person_id').notNullable();
      table.integer('count').notNullable();
      table.unique(['organisation_id', 'person_id']);
    });
  },

  async down(knex) {
    await knex.schema.dropTable('tally');
    await knex.schema.dropTable('field_note');
  },
};
