import { type Migration, personTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await personTable(knex, 'preference', (table) => {
      table.text('plugin').notNullable();
      table.text('kind').notNullable();
      table.text('channel').notNullable();
      table.boolean('wanted').notNullable();
      table.check(`channel in ('in-app', 'email')`, [], 'preference_channel');
    });
    await knex.raw(
      'alter table preference drop constraint preference_pkey, add primary key (person_id, plugin, kind, channel)',
    );
  },

  async down(knex) {
    await knex.schema.dropTable('preference');
  },
};
