import type { Migration } from '@task-connect/sdk/migration';

// How the platform was: a row a minute of each process, and a row each ten minutes of all together for longer.
export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.createTable('sample_minute', (table) => {
      table.timestamp('at').notNullable();
      table.uuid('process').notNullable();
      table.jsonb('sample').notNullable();
      table.primary(['at', 'process']);
    });
    await knex.schema.createTable('sample_ten_minutes', (table) => {
      table.timestamp('at').primary();
      table.jsonb('sample').notNullable();
    });
    for (const name of ['sample_minute', 'sample_ten_minutes'])
      await knex.raw(`comment on table ?? is 'tc:kernel'`, [name]);
  },
  async down(knex) {
    await knex.schema.dropTable('sample_ten_minutes');
    await knex.schema.dropTable('sample_minute');
  },
};
