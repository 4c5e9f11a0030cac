import type { Migration } from '@task-connect/sdk/migration';

// A job that an operator has paused: its times pass without a run until it is resumed.
export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.alterTable('job', (table) => {
      table.timestamp('paused_at');
    });
  },
  async down(knex) {
    await knex.schema.alterTable('job', (table) => {
      table.dropColumn('paused_at');
    });
  },
};
