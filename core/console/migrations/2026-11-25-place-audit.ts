import type { Migration } from '@task-connect/sdk/migration';

// Of which plugin and which organisation a change is. Rows of before have neither; nothing in them may be changed.
export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.alterTable('audit', (table) => {
      table.text('plugin');
      table.uuid('organisation');
      table.index(['actor', 'id']);
      table.index(['plugin', 'id']);
      table.index(['organisation', 'id']);
    });
  },
  async down(knex) {
    await knex.schema.alterTable('audit', (table) => {
      for (const column of ['actor', 'plugin', 'organisation']) table.dropIndex([column, 'id']);
      for (const column of ['plugin', 'organisation']) table.dropColumn(column);
    });
  },
};
