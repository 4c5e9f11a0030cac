import type { Migration } from '@task-connect/sdk/migration';

// Settings that were changed while the platform ran; variables of the environment win over them.
export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.createTable('platform_setting', (table) => {
      table.text('key').primary();
      table.jsonb('value').notNullable();
      table.timestamp('changed_at').notNullable();
      table.text('changed_by').notNullable();
    });
    await knex.raw(`comment on table platform_setting is 'tc:kernel'`);
  },
  async down(knex) {
    await knex.schema.dropTable('platform_setting');
  },
};
