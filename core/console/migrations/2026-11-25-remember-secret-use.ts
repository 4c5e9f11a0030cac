import type { Migration } from '@task-connect/sdk/migration';

// Who used which secret last. Without it an operator dares neither to change a secret nor to remove one.
export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.createTable('secret_use', (table) => {
      table.text('path').notNullable();
      table.text('used_by').notNullable();
      table.text('process').notNullable();
      table.timestamp('at').notNullable();
      table.primary(['path', 'used_by']);
    });
    await knex.raw(`comment on table secret_use is 'tc:kernel'`);
  },
  async down(knex) {
    await knex.schema.dropTable('secret_use');
  },
};
