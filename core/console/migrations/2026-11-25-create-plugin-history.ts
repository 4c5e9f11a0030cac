import type { Migration } from '@task-connect/sdk/migration';

// What the pages of plugins and events show besides the present: when a plugin was on, off or failed, and how many
// events went where in each minute. The counts are unlogged: after a crash of the server two hours of them are gone.
export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.createTable('plugin_change', (table) => {
      table.specificType('id', 'bigint generated always as identity').primary();
      table.text('plugin').notNullable();
      table.timestamp('at').notNullable();
      table.text('state').notNullable();
      table.text('reason');
      table.index(['plugin', 'id']);
    });
    await knex.schema.createTable('event_minute', (table) => {
      table.timestamp('minute').notNullable();
      table.text('plugin').notNullable();
      table.text('type').notNullable();
      table.text('queue').notNullable();
      table.text('handler').notNullable();
      table.integer('count').notNullable();
      table.integer('failed').notNullable();
      table.integer('dead').notNullable();
      table.primary(['minute', 'plugin', 'type', 'queue', 'handler']);
    });
    await knex.raw('alter table event_minute set unlogged');
    for (const table of ['plugin_change', 'event_minute'])
      await knex.raw(`comment on table ?? is 'tc:kernel'`, [table]);
  },
  async down(knex) {
    await knex.schema.dropTable('event_minute');
    await knex.schema.dropTable('plugin_change');
  },
};
