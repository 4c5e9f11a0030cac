import type { Migration } from '@task-connect/sdk/migration';
import { acting, protect, tellChanges } from '../protect.ts';

export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.createTable('session', (table) => {
      table.uuid('id').primary().defaultTo(knex.raw('uuidv7()'));
      // The id that the browser holds is kept as a digest alone.
      table.text('digest').notNullable().unique();
      table.uuid('person_id').notNullable().references('id').inTable('person').onDelete('CASCADE');
      table.timestamp('created_at', { useTz: true }).notNullable();
      table.timestamp('last_seen_at', { useTz: true }).notNullable();
      table.timestamp('expires_at', { useTz: true }).notNullable();
      table.text('user_agent').notNullable();
      table.text('address').notNullable();
      table.text('id_token');
      table.text('provider_session');
      table.index(['person_id']);
      table.index(['provider_session']);
      table.index(['expires_at']);
    });

    await knex.schema.createTable('personal_token', (table) => {
      table.uuid('id').primary().defaultTo(knex.raw('uuidv7()'));
      table.text('digest').notNullable().unique();
      table.uuid('person_id').notNullable().references('id').inTable('person').onDelete('CASCADE');
      table.uuid('organisation_id').notNullable().references('id').inTable('organisation').onDelete('CASCADE');
      table.text('name').notNullable();
      table.specificType('scopes', 'text[]').notNullable();
      table.timestamp('created_at', { useTz: true }).notNullable();
      table.timestamp('expires_at', { useTz: true });
      table.timestamp('last_used_at', { useTz: true });
      table.timestamp('revoked_at', { useTz: true });
      table.index(['person_id', 'created_at']);
    });

    const own = `person_id = ${acting.person} or ${acting.core}`;
    await protect(knex, 'session', { sees: own, changes: own });
    await protect(knex, 'personal_token', { sees: own, changes: own });
    await tellChanges(knex, 'session', 'digest', { added: false, changed: [] });
    const narrowed = ['revoked_at', 'expires_at', 'scopes'];
    await tellChanges(knex, 'personal_token', 'digest', { added: false, changed: narrowed });
  },

  async down(knex) {
    for (const table of ['personal_token', 'session']) {
      await knex.raw('drop table ??', [table]);
      await knex.raw(`drop function tell_${table}()`);
    }
  },
};
