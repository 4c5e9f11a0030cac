import type { Migration } from '@task-connect/sdk/migration';

// What is kept of another issuer: by which token a session is looked at there, and what its roles and groups gave, so
// that the same can be taken again and nothing else.

export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.alterTable('session', (table) => {
      // Sealed with what the browser alone holds.
      table.text('refresh_token');
      table.timestamp('check_at', { useTz: true });
    });
    await knex.schema.alterTable('identity', (table) => {
      table.specificType('given_roles', 'text[]').notNullable().defaultTo('{}');
      table.jsonb('given_memberships').notNullable().defaultTo('{}');
      table.boolean('suspended').notNullable().defaultTo(false);
    });
  },

  async down(knex) {
    await knex.schema.alterTable('identity', (table) => {
      for (const column of ['given_roles', 'given_memberships', 'suspended']) table.dropColumn(column);
    });
    await knex.schema.alterTable('session', (table) => {
      for (const column of ['refresh_token', 'check_at']) table.dropColumn(column);
    });
  },
};
